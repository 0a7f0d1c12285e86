package com.visiquate.ccproxy.simulator;

import com.visiquate.ccproxy.simulator.engine.Run;
import com.visiquate.ccproxy.simulator.engine.Totals;
import com.visiquate.ccproxy.simulator.engine.WallClock;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.speech.Transcript;
import com.visiquate.ccproxy.simulator.speech.Utterance;
import com.visiquate.ccproxy.simulator.wire.Refusal;
import java.util.Optional;

/** Writes one answer to its client, whole or line by line, with the fault that meets it. */
final class AnswerListener implements Run.Listener {
  /** Ends the run whose answer was broken off by its fault. */
  interface Stopper {
    void stop();
  }

  private final Lines lines;
  private final Reply reply;
  private final WallClock clock;
  private final Optional<Fault> fault;
  private final Delivery delivery;
  private final Transcript transcript = new Transcript();
  private Stopper stopper = () -> {};
  private int sent;

  /** How the answer is to be delivered. */
  record Delivery(boolean stream, boolean callsOnDoneLine) {}

  AnswerListener(
      Lines lines, Reply reply, WallClock clock, Delivery delivery, Optional<Fault> fault) {
    this.lines = lines;
    this.reply = reply;
    this.clock = clock;
    this.delivery = delivery;
    this.fault = fault;
  }

  void stopWith(Stopper how) {
    stopper = how;
  }

  @Override
  public void line(Utterance.Line line) {
    boolean held = delivery.callsOnDoneLine && !line.calls().isEmpty();
    if (!delivery.stream || held) {
      transcript.add(line);
    } else {
      send(lines.line(clock.rfc3339(clock.now()), line));
    }
  }

  @Override
  public void end(Totals totals) {
    String last = lines.done(clock.rfc3339(clock.now()), transcript, totals);
    if (!delivery.stream) {
      whole(last);
      return;
    }
    send(last);
    reply.end();
  }

  @Override
  public void failed(Refusal refusal) {
    boolean chunked = delivery.stream && refusal.late();
    reply.refuse(
        new Refusal(
            refusal.status(),
            chunked || !refusal.late() ? refusal.contentType() : Refusal.JSON,
            refusal.body(),
            chunked));
  }

  private void send(String json) {
    if (fault.isPresent() && broken(fault.get())) {
      return;
    }
    sent++;
    reply.line(json, fault.isPresent() && fault.get() instanceof Fault.Torn);
  }

  /** Does what the fault does at this line; says whether the answer is over by it. */
  private boolean broken(Fault kind) {
    return switch (kind) {
      case Fault.Reset reset -> reset.after() == sent && stop(reply::reset);
      case Fault.Truncated truncated -> truncated.after() == sent && stop(reply::cut);
      case Fault.SilentEnd silent -> silent.after() == sent && stop(this::silentEnd);
      case Fault.ErrorLine error ->
          error.after() == sent && stop(() -> failed(Refusal.late(500, error.message())));
      case Fault.MalformedLine malformed -> malformed.after() == sent && malform();
      default -> false;
    };
  }

  private boolean stop(Runnable how) {
    how.run();
    stopper.stop();
    return true;
  }

  private void silentEnd() {
    reply.begin();
    reply.end();
  }

  private boolean malform() {
    reply.line("{\"model\":\"", false);
    sent++;
    return false;
  }

  private void whole(String body) {
    switch (fault.orElse(null)) {
      case Fault.Reset reset -> reply.reset();
      case Fault.Truncated truncated -> {
        reply.half(body);
        reply.cut();
      }
      case Fault.MalformedLine malformed -> reply.json(body.substring(0, body.length() / 2));
      case Fault.SilentEnd silent -> reply.json(body.replace("\"done\":true", "\"done\":false"));
      case Fault.ErrorLine error -> failed(Refusal.error(500, error.message()));
      case null, default -> reply.json(body);
    }
  }
}
