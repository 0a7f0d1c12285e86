package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.bus.Decision.Terms;
import com.visiquate.ccproxy.bus.Decision.Weighed;
import com.visiquate.ccproxy.bus.TimelineMessage.DecisionFound;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Label;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** One decision as JSON and in sentences; its terms add up to its sum. */
final class DecisionJson {
  private final JsonArray terms = new JsonArray();
  private long micros;

  private DecisionJson() {}

  static Buffer of(DecisionFound found) {
    Decision decision = found.decision();
    Weighed next = decision.next();
    JsonObject json =
        new JsonObject()
            .put("exchange", found.exchange().value())
            .put("started", found.started())
            .put("backend", found.backend().value())
            .put("slot", found.slot())
            .put("queued_ms", found.queued())
            .put("prompt_tokens", found.promptTokens())
            .put("cached_tokens", found.cachedTokens())
            .put("rule", Label.of(decision.rule()))
            .put("says", says(decision))
            .put("chosen", score(decision.chosen()))
            .put("next", next == null ? null : next(next))
            .put("record", "/ccproxy/requests/" + whole(found.exchange()));
    return Buffer.buffer(json.encodePrettily() + "\n");
  }

  private static JsonObject next(Weighed next) {
    return score(next)
        .put("exchange", next.exchange().value())
        .put("backend", next.backend().value());
  }

  private static JsonObject score(@Nullable Weighed weighed) {
    DecisionJson score = new DecisionJson();
    if (weighed != null) {
      score.add(weighed.terms());
    }
    return new JsonObject().put("terms", score.terms).put("sum", score.micros / 1e6);
  }

  private void add(Terms terms) {
    add("until_free", terms.untilFree(), "until a slot is free there");
    add("others", terms.others(), "prompts that are computed there before its own");
    add("load", terms.load(), "its model is loaded first");
    add("prompt", terms.prompt(), "the part of its prompt that is not cached there is computed");
    add("loss", terms.loss(), "conversations that lose their place there would pay to come back");
    add("stall", terms.stall(), "answers that run there stall while its prompt is computed");
    add("output", terms.output(), "an answer as long as is usual for its alias");
    add("fairness", terms.fairness(), "its client was served a lot lately");
    add("patience", -terms.waiting(), "for the time that it has waited");
  }

  private void add(String name, long nanos, String says) {
    add(name, (double) nanos, says);
  }

  /** Whole microseconds, so that what is shown adds up to the last digit. */
  private void add(String name, double nanos, String says) {
    long rounded = Math.round(nanos / 1e3);
    micros += rounded;
    terms.add(
        new JsonObject()
            .put("name", name)
            .put("value", rounded / 1e6)
            .put("unit", "s")
            .put("says", says));
  }

  private static String says(Decision decision) {
    return switch (decision.rule()) {
      case LEAST_COST ->
          decision.next() == null
              ? "It was the only one that could have this slot."
              : "Of all that could have a slot its sum was the least, of its class.";
      case ARRIVAL -> "It was the oldest of the highest class; nothing was weighed.";
      case TAKE_OVER -> "It got what ran for the same request, whose client had left.";
      case PREFIX -> "A prefix that many share was computed before anybody asked.";
    };
  }

  /** Parts of an exchange are named after it; its own id has no hyphen. */
  private static String whole(ExchangeId exchange) {
    String id = exchange.value();
    int hyphen = id.indexOf('-');
    return hyphen < 0 ? id : id.substring(0, hyphen);
  }
}
