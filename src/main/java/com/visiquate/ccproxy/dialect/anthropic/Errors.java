package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.ByteSink;

/** Puts failures into Anthropic's words. */
final class Errors {
  private static final String REQUEST = "req_";

  private Errors() {}

  /** The failure of an answer that has not begun; its type goes with the HTTP status. */
  static void early(Failure failure, String requestId, ByteSink out) {
    String type = failure.kind() == Failure.Kind.INVALID ? wrong(failure) : early(failure.kind());
    write(type, failure, requestId, out);
  }

  /**
   * The failure of an answer that has begun. Claude Code asks again only when it is called an
   * overload, so whatever may go better the next time is called so.
   */
  static void late(Failure failure, String requestId, ByteSink out) {
    write(late(failure.kind()), failure, requestId, out);
  }

  /** Two kinds of wrong requests have names of their own. */
  private static String wrong(Failure failure) {
    return switch (failure.code()) {
      case "request_too_large" -> "request_too_large";
      case "not_found" -> "not_found_error";
      case null, default -> "invalid_request_error";
    };
  }

  private static String early(Failure.Kind kind) {
    return switch (kind) {
      case INVALID, PROMPT_TOO_LONG, CANCELLED, NOT_CACHED -> "invalid_request_error";
      case UNKNOWN_MODEL -> "not_found_error";
      case UNAUTHENTICATED -> "authentication_error";
      case FORBIDDEN -> "permission_error";
      case RATE_LIMITED, BUDGET_SPENT -> "rate_limit_error";
      case QUEUE_FULL, QUEUE_TIMEOUT -> "rate_limit_error";
      case NO_BACKEND, SHUTTING_DOWN -> "overloaded_error";
      case BACKEND_TIMEOUT -> "timeout_error";
      case BACKEND_ERROR, BACKEND_LOST, CLIENT_GONE, INTERNAL -> "api_error";
    };
  }

  private static String late(Failure.Kind kind) {
    return switch (kind) {
      case RATE_LIMITED,
          QUEUE_FULL,
          QUEUE_TIMEOUT,
          NO_BACKEND,
          SHUTTING_DOWN,
          BACKEND_TIMEOUT,
          BACKEND_ERROR,
          BACKEND_LOST ->
          "overloaded_error";
      case INVALID,
          PROMPT_TOO_LONG,
          UNKNOWN_MODEL,
          UNAUTHENTICATED,
          FORBIDDEN,
          BUDGET_SPENT,
          CLIENT_GONE,
          CANCELLED,
          NOT_CACHED,
          INTERNAL ->
          early(kind);
    };
  }

  private static void write(String type, Failure failure, String requestId, ByteSink out) {
    String id = requestId.startsWith(REQUEST) ? requestId : REQUEST + requestId;
    out.raw("{\"type\":\"error\",\"error\":{\"type\":").json(type);
    out.raw(",\"message\":").json(message(failure));
    details(failure, out);
    out.raw("},\"request_id\":").json(id).raw("}");
  }

  /** By these codes the SDKs know that they have to send the whole conversation again. */
  private static void details(Failure failure, ByteSink out) {
    if (failure.code() != null && failure.code().startsWith(MessageThread.CODES)) {
      out.raw(",\"details\":{\"error_code\":").json(failure.code()).raw("}");
    }
  }

  private static String message(Failure failure) {
    return switch (failure.kind()) {
      case PROMPT_TOO_LONG -> tooLong(failure);
      case UNKNOWN_MODEL -> "model: " + failure.message();
      // A 400 with this word makes Claude Code switch the feature off until it is restarted.
      case INVALID -> failure.message().replace("thinking", "reasoning");
      default -> failure.message();
    };
  }

  /** Claude Code looks for these very words, and then shortens the conversation. */
  private static String tooLong(Failure failure) {
    Failure.Overflow overflow = failure.overflow();
    return overflow == null
        ? "prompt is too long: " + failure.message()
        : "prompt is too long: %d tokens > %d maximum"
            .formatted(overflow.tokens(), overflow.window());
  }
}
