package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;

/** Errors of paths that no dialect serves, in the shape of the family that the path belongs to. */
final class ErrorBody {
  private final Dialect openai;

  ErrorBody(Dialect openai) {
    this.openai = openai;
  }

  /** Whose clients ask for such a path. */
  static Family family(String path) {
    if (path.startsWith("/v1/messages")) {
      return Family.ANTHROPIC;
    }
    return path.startsWith("/api/") ? Family.OLLAMA : Family.OPENAI_CHAT;
  }

  byte[] of(Refusal refusal, Family family, String requestId) {
    return switch (family) {
      case OPENAI_CHAT, OPENAI_RESPONSES -> openai.error(refusal.failure(), requestId);
      case ANTHROPIC -> anthropic(refusal, requestId);
      case OLLAMA -> ollama(refusal.failure());
    };
  }

  private static byte[] anthropic(Refusal refusal, String requestId) {
    return new ByteSink()
        .raw("{\"type\":\"error\",\"error\":{\"type\":")
        .json(type(refusal.status()))
        .raw(",\"message\":")
        .json(refusal.failure().message())
        .raw("},\"request_id\":")
        .json(requestId)
        .raw("}")
        .take();
  }

  private static String type(int status) {
    return switch (status) {
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 503 -> "overloaded_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }

  private static byte[] ollama(Failure failure) {
    return new ByteSink().raw("{\"error\":").json(failure.message()).raw("}").take();
  }
}
