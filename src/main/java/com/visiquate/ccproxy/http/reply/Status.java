package com.visiquate.ccproxy.http.reply;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Family;

/** The HTTP status of a failure: the one place where failures meet status codes. */
public final class Status {
  private Status() {}

  /**
   * The status that a family's clients understand best. A full queue is 503 for most, because Codex
   * gives up on 429, but 429 for Messages, whose clients take it for a temporary throttle.
   */
  public static int of(Failure.Kind kind, Family family) {
    return switch (kind) {
      case INVALID, PROMPT_TOO_LONG -> 400;
      case UNKNOWN_MODEL -> 404;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      // Giving up is right here.
      case BUDGET_SPENT -> 429;
      case RATE_LIMITED -> family == Family.OPENAI_RESPONSES ? 503 : 429;
      case QUEUE_FULL, QUEUE_TIMEOUT -> byFamily(family, 503, 429, 503);
      case NO_BACKEND, SHUTTING_DOWN -> 503;
      case BACKEND_ERROR, BACKEND_LOST -> byFamily(family, 502, 500, 500);
      // By RFC 9111 where only a stored answer was wanted.
      case BACKEND_TIMEOUT, NOT_CACHED -> 504;
      case CLIENT_GONE -> 499;
      // None that clients try again after.
      case CANCELLED -> 410;
      case INTERNAL -> 500;
    };
  }

  private static int byFamily(Family family, int openai, int anthropic, int ollama) {
    return switch (family) {
      case OPENAI_CHAT, OPENAI_RESPONSES -> openai;
      case ANTHROPIC -> anthropic;
      case OLLAMA -> ollama;
    };
  }
}
