package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.Recall;
import com.visiquate.ccproxy.fleet.LogKeys;
import com.visiquate.ccproxy.http.reply.Refusal;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request that may continue earlier responses, which are fetched before it is understood. */
public final class RecallingIntake implements Upload.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(RecallingIntake.class);
  private final Arrival arrival;
  private final Function<byte[], Set<ResponseId>> builtOn;
  private final Upload.Receiver intake;
  private final Reader reader;

  /**
   * @param builtOn tells the earlier responses that a body builds on
   * @param intake who takes the request otherwise
   * @param reader who hands it the body, with all that the body builds on
   */
  public RecallingIntake(
      Arrival arrival,
      Function<byte[], Set<ResponseId>> builtOn,
      Upload.Receiver intake,
      Reader reader) {
    this.arrival = arrival;
    this.builtOn = builtOn;
    this.intake = intake;
    this.reader = reader;
  }

  /** Knows how to read a body that continues earlier responses. */
  @FunctionalInterface
  public interface Reader {
    void read(byte[] body, Recall recall);
  }

  @Override
  public void received(byte[] body) {
    Set<ResponseId> ids = builtOn.apply(body);
    if (ids.isEmpty()) {
      intake.received(body);
      return;
    }
    arrival
        .services()
        .memory()
        .recall(ids)
        // In one chain with what follows, so that a bug there is answered too.
        .map(found -> understand(body, found))
        .onFailure(this::failed);
  }

  @Override
  public void refused(Refusal refusal) {
    intake.refused(refusal);
  }

  @Override
  public void gone() {
    intake.gone();
  }

  private Upload.Receiver understand(byte[] body, Map<ResponseId, StoredResponse> found) {
    if (arrival.services().fleet().isDraining()) {
      arrival.reply().closeAfterwards();
      intake.refused(Refusal.shuttingDown());
    } else {
      arrival.reading(body, () -> reader.read(body, found::get));
    }
    return intake;
  }

  private void failed(Throwable why) {
    LOG.atError().addKeyValue(LogKeys.EXCHANGE, arrival.id()).setCause(why).log("request failed");
    intake.refused(Refusal.of(Failure.notReady()));
  }
}
