package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.dialect.ollama.ServedModel;
import com.visiquate.ccproxy.dialect.ollama.ShowBody;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.view.FleetView;
import com.visiquate.ccproxy.http.view.OneOllama;

/** One question what a model is: answered here, at once; editors ask about all of them together. */
public final class ShowIntake implements Upload.Receiver {
  private final Arrival arrival;
  private final AnsweredOnce end;

  public ShowIntake(Arrival arrival) {
    this.arrival = arrival;
    this.end = new AnsweredOnce(arrival);
  }

  @Override
  public void received(byte[] body) {
    switch (ShowBody.read(arrival.inOurCase(body))) {
      case ShowBody.Question.Wrong wrong -> refused(Refusal.of(wrong.failure()));
      case ShowBody.Question.About about -> show(about.model());
    }
  }

  @Override
  public void refused(Refusal refusal) {
    end.refuse(refusal);
  }

  @Override
  public void gone() {
    end.gone();
  }

  private void show(String name) {
    FleetView fleet = arrival.services().fleet();
    Refusal refusal = NativeIntake.objection(arrival, name);
    if (refusal == null) {
      new OneOllama(fleet).find(name).ifPresent(this::answer);
    } else {
      refused(refusal);
    }
  }

  private void answer(ServedModel model) {
    end.answer(arrival.services().fleet().label(model.name()), ShowBody.of(model));
  }
}
