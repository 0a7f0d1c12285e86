package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.ByteSink;
import org.jspecify.annotations.Nullable;

/** Puts failures into OpenAI's words: always all four keys, never any other. */
final class Errors {
  /** The fixed part of an error: what kind of thing it is. */
  private record Label(String type, @Nullable String code) {}

  private Errors() {}

  static void write(Failure failure, ByteSink out) {
    Label label = label(failure);
    out.raw("{\"error\":{\"message\":").json(message(failure));
    out.raw(",\"type\":").json(label.type);
    text(out.raw(",\"param\":"), failure.param());
    text(out.raw(",\"code\":"), label.code);
    out.raw("}}");
  }

  private static Label label(Failure failure) {
    return switch (failure.kind()) {
      case INVALID -> new Label("invalid_request_error", failure.code());
      case UNAUTHENTICATED -> new Label("invalid_request_error", "invalid_api_key");
      case FORBIDDEN -> new Label("invalid_request_error", failure.code());
      case BUDGET_SPENT -> new Label("insufficient_quota", "insufficient_quota");
      case RATE_LIMITED -> new Label("rate_limit_error", "rate_limit_exceeded");
      case UNKNOWN_MODEL -> new Label("invalid_request_error", "model_not_found");
      case PROMPT_TOO_LONG -> new Label("invalid_request_error", "context_length_exceeded");
      // Not server_is_overloaded and not slow_down: clients give up on those two.
      case QUEUE_FULL -> new Label("service_unavailable_error", "queue_full");
      case QUEUE_TIMEOUT -> new Label("service_unavailable_error", "queue_timeout");
      case NO_BACKEND -> new Label("service_unavailable_error", "no_backend");
      case SHUTTING_DOWN -> new Label("service_unavailable_error", "shutting_down");
      case BACKEND_ERROR, BACKEND_LOST -> new Label("server_error", "upstream_error");
      case BACKEND_TIMEOUT -> new Label("server_error", "upstream_timeout");
      case NOT_CACHED -> new Label("invalid_request_error", "not_cached");
      case CANCELLED -> new Label("invalid_request_error", "request_cancelled");
      case CLIENT_GONE -> new Label("server_error", "client_closed_request");
      case INTERNAL -> new Label("server_error", null);
    };
  }

  private static String message(Failure failure) {
    Failure.Overflow overflow = failure.overflow();
    if (failure.kind() == Failure.Kind.PROMPT_TOO_LONG && overflow != null) {
      // Clients look for these very words before they shorten a conversation.
      return ("This model's maximum context length is %d tokens. However, your messages resulted in"
              + " %d tokens. Please reduce the length of the messages.")
          .formatted(overflow.window(), overflow.tokens());
    }
    return failure.kind() == Failure.Kind.QUEUE_FULL
        ? "All local models are busy; the queue is full. Please retry."
        : failure.message();
  }

  private static void text(ByteSink out, @Nullable String text) {
    if (text == null) {
      out.raw("null");
    } else {
      out.json(text);
    }
  }
}
