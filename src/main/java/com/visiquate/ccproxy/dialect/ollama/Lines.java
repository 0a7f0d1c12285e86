package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.ollama.Shape.Piece;
import com.visiquate.ccproxy.fleet.Label;
import java.time.Instant;
import java.util.List;

/** Writes the JSON objects that an answer consists of; what all of them begin with is made once. */
final class Lines {
  private final Shape shape;
  private final byte[] head;

  Lines(Shape shape, String model, long createdSeconds) {
    this.shape = shape;
    head =
        new ByteSink()
            .raw("{\"model\":")
            .json(model)
            .raw(",\"created_at\":")
            .json(Instant.ofEpochSecond(createdSeconds).toString())
            .raw(",")
            .take();
  }

  /** An object in the middle of an answer. */
  void more(Piece piece, List<TokenLogprob> logprobs, ByteSink out) {
    shape.write(piece, out.bytes(head));
    out.raw(",\"done\":false");
    Logprobs.write(logprobs, out);
    out.raw("}");
  }

  /** The last object. */
  void last(Piece piece, List<TokenLogprob> logprobs, ChatEvent.Finished finished, ByteSink out) {
    shape.write(piece, out.bytes(head));
    out.raw(",\"done\":true,\"done_reason\":").json(word(finished.reason()));
    counts(finished.counts(), out);
    Logprobs.write(logprobs, out);
    out.raw("}");
  }

  /** The only object of an answer for which nothing was generated. */
  void idle(String reason, ByteSink out) {
    shape.write(Piece.NOTHING, out.bytes(head));
    out.raw(",\"done\":true,\"done_reason\":").json(reason).raw("}");
  }

  private static String word(FinishReason reason) {
    return Label.of(reason);
  }

  /** Like Ollama without those that are 0; the total also has the waiting. */
  private static void counts(Counts counts, ByteSink out) {
    count("total_duration", counts.totalNanos(), out);
    count("load_duration", counts.loadNanos(), out);
    count("prompt_eval_count", counts.promptTokens(), out);
    count("prompt_eval_duration", counts.promptNanos(), out);
    count("eval_count", counts.outputTokens(), out);
    count("eval_duration", counts.outputNanos(), out);
  }

  static void count(String name, long value, ByteSink out) {
    if (value != 0) {
      out.raw(",").json(name).raw(":").number(value);
    }
  }
}
