package com.visiquate.ccproxy.tracing;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The spans of a request that has ended: its own, its phases, and the call to Ollama. */
final class Spans {
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;

  private Spans() {}

  /** The client's request, with all others as its children. */
  static Stretch of(ExchangeEnded end, FleetPlan plan) {
    Map<String, Object> attributes = RequestAttributes.of(end);
    String name = "POST " + end.route();
    Instant begun = end.asked().arrived();
    return new Stretch(
        name, Stretch.Kind.SERVER, begun, end.at(), attributes, isOurs(end), children(end, plan));
  }

  /** Why it is not complete; empty when it is. */
  static String error(ExchangeEnded end) {
    Failure failure = end.failure();
    if (failure != null) {
      return Label.of(failure.kind());
    }
    return end.outcome() == Outcome.COMPLETED ? "" : end.outcome().label();
  }

  private static List<Stretch> children(ExchangeEnded end, FleetPlan plan) {
    Placement placement = end.placement();
    Instant begun = end.asked().arrived();
    if (placement != null) {
      return ran(end, placement, plan);
    }
    boolean waited = end.asked().operation() != null;
    return waited ? List.of(Stretch.plain("queue", begun, end.at())) : List.of();
  }

  private static List<Stretch> ran(ExchangeEnded end, Placement placement, FleetPlan plan) {
    Phases phases = Phases.of(end, placement);
    Instant begun = end.asked().arrived();
    Instant queue = begun.plusNanos(phases.queue());
    Instant load = begun.plusNanos(phases.load());
    Instant prompt = begun.plusNanos(phases.prompt());
    Instant output = begun.plusNanos(phases.output());
    List<Stretch> spans = new ArrayList<>();
    spans.add(Stretch.plain("queue", begun, queue));
    spans.add(Stretch.plain("load", queue, load));
    spans.add(Stretch.plain("prompt", load, prompt));
    spans.add(Stretch.plain("output", prompt, output));
    Map<String, Object> attributes = CallAttributes.of(end, placement, plan);
    String name = CallAttributes.operation(end) + " " + placement.model();
    boolean failed = !error(end).isEmpty() && !isGivenUp(end);
    Instant asked = begun.plusNanos(phases.asked());
    spans.add(new Stretch(name, Stretch.Kind.CLIENT, asked, output, attributes, failed, List.of()));
    return spans;
  }

  /** What is the client's own fault, or its own wish, is no error of a server. */
  private static boolean isOurs(ExchangeEnded end) {
    boolean refused = end.status() >= BAD_REQUEST && end.status() < SERVER_ERROR;
    return !error(end).isEmpty() && !refused && !isGivenUp(end);
  }

  private static boolean isGivenUp(ExchangeEnded end) {
    return end.outcome() == Outcome.CLIENT_GONE || end.outcome() == Outcome.CANCELLED;
  }
}
