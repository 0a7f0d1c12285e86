package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.ollama.Asked;
import com.visiquate.ccproxy.dialect.ollama.ModelNames;
import com.visiquate.ccproxy.dialect.ollama.NativeDialect;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.view.FleetView;
import com.visiquate.ccproxy.http.view.OneOllama;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client of Ollama until it is understood: work goes on as everybody's, and who
 * only wants a model loaded or unloaded is told how it is.
 */
public final class NativeIntake implements Upload.Receiver {
  private final Arrival arrival;
  private final NativeDialect dialect;
  private final Intake intake;
  private final AnsweredOnce end;

  public NativeIntake(Arrival arrival, NativeDialect dialect) {
    this.arrival = arrival;
    this.dialect = dialect;
    this.end = new AnsweredOnce(arrival);
    this.intake = new Intake(arrival, dialect, end);
  }

  @Override
  public void received(byte[] body) {
    if (end.isDone()) {
      return;
    }
    switch (dialect.read(arrival.inOurCase(body))) {
      case Asked.Work work -> work(work.understood());
      case Asked.Residence residence -> residence(residence.model());
      case Asked.Wrong wrong -> refused(Refusal.of(wrong.failure()));
    }
  }

  @Override
  public void refused(Refusal refusal) {
    intake.refused(refusal);
  }

  @Override
  public void gone() {
    intake.gone();
  }

  private void work(Decoded.Understood understood) {
    Refusal refusal = objection(arrival, understood.model());
    if (refusal == null) {
      intake.understand(understood);
    } else {
      refused(refusal);
    }
  }

  private void residence(String model) {
    FleetView fleet = arrival.services().fleet();
    Refusal refusal = objection(arrival, model);
    if (refusal != null) {
      refused(refusal);
      return;
    }
    arrival.services().ledger().dropped(arrival.route(), List.of("load"));
    boolean loaded = new OneOllama(fleet).isLoaded(model);
    byte[] body = dialect.residence(model, loaded, arrival.at().getEpochSecond());
    end.answer(fleet.label(model), body);
  }

  /** What is wrong with a model's name; null when it is one of ours, and the client's to use. */
  static @Nullable Refusal objection(Arrival arrival, String model) {
    FleetView fleet = arrival.services().fleet();
    if (ModelNames.isCloud(model)) {
      return Refusal.withheld(ModelNames.noCloud());
    }
    if (fleet.plan().catalogue().find(model).isEmpty()) {
      return Refusal.of(ModelNames.unknown(model));
    }
    return arrival.forbidden(model);
  }
}
