package com.visiquate.ccproxy.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.QueueReport.Phase;
import com.visiquate.ccproxy.fleet.QueueReport.Progress;
import com.visiquate.ccproxy.fleet.QueueReport.Request;
import com.visiquate.ccproxy.fleet.QueueReport.Taken;
import java.time.Duration;

/** One taken slot in the document. */
final class SlotPart {
  private final Picture picture;
  private final Taken taken;
  private final String phase;

  /**
   * One that runs.
   *
   * @param loaded whether its model is in memory already
   */
  SlotPart(Picture picture, Taken taken, boolean loaded) {
    this.picture = picture;
    this.taken = taken;
    this.phase =
        switch (taken.phase()) {
          case PROMPT -> loaded ? "prompt" : "loading";
          case ANSWER -> "output";
          case GHOST -> "ghost";
        };
  }

  /** Expectations stay as they were told, as long as it is the same request in the same phase. */
  void write(ObjectNode to, JsonNode told) {
    boolean same =
        told.path("exchange").asText().equals(taken.request().exchange().value())
            && told.path("phase").asText().equals(phase);
    JsonNode before = same ? told : MissingNode.getInstance();
    to.put("phase", phase);
    request(taken.request(), to);
    Duration spoke = taken.progress().spoke();
    boolean answers = spoke != null && taken.phase() == Phase.ANSWER;
    to.put("since", ago(answers && spoke != null ? spoke : taken.since()));
    long end = picture.now() + taken.left().toMillis();
    to.put("expected_end", Steady.moment(before.path("expected_end"), end, picture.now()));
    to.put("prompt_tokens", (long) taken.progress().promptTokens());
    to.put("cached_tokens", (long) taken.progress().cachedTokens());
    if (answers && spoke != null) {
      output(spoke, to, before);
    } else if (taken.phase() == Phase.PROMPT) {
      prompt(taken.progress(), to, before);
    }
  }

  static void request(Request request, ObjectNode to) {
    to.put("exchange", request.exchange().value());
    to.put("model", request.model().value());
    to.put("client", request.client().value());
    if (request.conversation() != null) {
      to.put("conversation", request.conversation());
    }
    to.put("class", Label.of(request.priority()));
  }

  private void prompt(Progress progress, ObjectNode to, JsonNode before) {
    long first = picture.now() + progress.untilOutput().toMillis();
    to.put("expected_output", Steady.moment(before.path("expected_output"), first, picture.now()));
    double cached = progress.cachedTokens() / (double) Math.max(1, progress.promptTokens());
    to.put("progress", Math.round(100 * Math.min(1, cached)) / 100.0);
  }

  /** What was counted last, or else nothing: a guess would look like a count. */
  private void output(Duration spoke, ObjectNode to, JsonNode before) {
    Integer tokens = picture.spoken().get(taken.request().exchange());
    if (tokens == null) {
      return;
    }
    to.put("output_tokens", (long) tokens);
    JsonNode counted = before.path("output_tokens");
    if (counted.isNumber() && counted.asInt() == tokens) {
      // Counted at the same moment as before.
      to.put("rate", before.path("rate").asDouble());
    } else {
      double seconds = Math.max(0.5, spoke.toMillis() / 1e3);
      to.put("rate", Steady.number(before.path("rate"), tokens / seconds));
    }
  }

  private long ago(Duration span) {
    return picture.report().at().minus(span).toEpochMilli();
  }
}
