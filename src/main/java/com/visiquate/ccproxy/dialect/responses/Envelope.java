package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Identity;
import java.util.List;

/** Writes the response object around the items of an answer; all keys, always. */
final class Envelope {
  private static final String NO_ERROR = "\"error\":null,\"incomplete_details\":null";
  private static final String CUT =
      "\"error\":null,\"incomplete_details\":{\"reason\":\"max_output_tokens\"}";

  private final String head;
  private final String tail;

  Envelope(ResponsesForm form, Identity identity) {
    ByteSink out = new ByteSink().raw("{\"id\":").json(ItemIds.response(identity.id()).value());
    out.raw(",\"object\":\"response\",\"created_at\":").number(identity.createdSeconds());
    out.raw(",\"model\":").json(identity.model());
    head = Written.text(out.raw(",\"background\":false,\"status\":"));
    tail = form.echo() + "}";
  }

  String inProgress(List<String> items) {
    return response("in_progress", NO_ERROR, items, "null");
  }

  String finished(FinishReason reason, List<String> items, Counts counts, int thoughts) {
    String usage = usage(counts, thoughts);
    return switch (reason) {
      case STOP -> response("completed", NO_ERROR, items, usage);
      case LENGTH -> response("incomplete", CUT, items, usage);
    };
  }

  String failed(Failure failure, List<String> items) {
    ByteSink error = new ByteSink().raw("\"error\":");
    LateErrors.write(failure, error);
    String why = Written.text(error.raw(",\"incomplete_details\":null"));
    return response("failed", why, items, "null");
  }

  private String response(String status, String why, List<String> items, String usage) {
    return head
        + "\""
        + status
        + "\","
        + why
        + ",\"output\":["
        + String.join(",", items)
        + "],\"usage\":"
        + usage
        + tail;
  }

  /** Ollama does not tell how many tokens were thoughts: one piece is about one token. */
  static String usage(Counts counts, int thoughts) {
    int input = counts.promptTokens();
    int output = counts.outputTokens();
    return ("{\"input_tokens\":%d,\"input_tokens_details\":{\"cached_tokens\":%d,"
            + "\"cache_write_tokens\":0},\"output_tokens\":%d,"
            + "\"output_tokens_details\":{\"reasoning_tokens\":%d},\"total_tokens\":%d}")
        .formatted(
            input,
            counts.cachedTokens(),
            output,
            Math.min(thoughts, output),
            (long) input + output);
  }
}
