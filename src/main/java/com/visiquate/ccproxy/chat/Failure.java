package com.visiquate.ccproxy.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a request did not succeed; the one vocabulary of the whole house.
 *
 * @param message for the client: what went wrong and what to do; never an address, a key or a
 *     prompt
 * @param detail for the log; empty when the message says it all
 * @param param the request field at fault, when there is one
 * @param code a family-neutral short code such as {@code unsupported_value}, when there is one
 * @param retryAfter when trying again makes sense, when that can be said
 * @param overflow the two numbers of a {@code PROMPT_TOO_LONG}
 */
public record Failure(
    Kind kind,
    String message,
    String detail,
    @Nullable String param,
    @Nullable String code,
    @Nullable Duration retryAfter,
    @Nullable Overflow overflow) {
  /** A prompt of so many tokens does not fit a window of so many; both may be estimates. */
  public record Overflow(int tokens, int window) {}

  public enum Kind {
    /** The request itself is wrong; sending it again cannot help. */
    INVALID,
    UNKNOWN_MODEL,
    /** No key, where one is needed. */
    UNAUTHENTICATED,
    /** A key that is not known, or that may not do this. */
    FORBIDDEN,
    /** The key has used up what it may. */
    RATE_LIMITED,
    /** A budget is used up; sending it again helps only after its period. */
    BUDGET_SPENT,
    PROMPT_TOO_LONG,
    QUEUE_FULL,
    QUEUE_TIMEOUT,
    /** No backend that has the model is up. */
    NO_BACKEND,
    /** Only a stored answer was wanted, and there is none. */
    NOT_CACHED,
    /** Ollama answered with an error. */
    BACKEND_ERROR,
    /** The connection to Ollama broke, or its stream ended without an end. */
    BACKEND_LOST,
    BACKEND_TIMEOUT,
    CLIENT_GONE,
    /** An operator has ended it. */
    CANCELLED,
    SHUTTING_DOWN,
    INTERNAL
  }

  public static Failure of(Kind kind, String message) {
    return new Failure(kind, message, "", null, null, null, null);
  }

  public static Failure of(Kind kind, String message, String detail) {
    return new Failure(kind, message, detail, null, null, null, null);
  }

  /** Nothing but a stored answer was wanted. */
  public static Failure notCached() {
    return of(Kind.NOT_CACHED, "There is no stored answer for this request.");
  }

  /** A request that is wrong in one field. */
  public static Failure invalid(String message, @Nullable String param, @Nullable String code) {
    return new Failure(Kind.INVALID, message, "", param, code, null, null);
  }

  /** A prompt that does not fit the model's context window. */
  public static Failure tooLong(int tokens, int window) {
    String message =
        "The prompt has %d tokens, the model's context window %d; shorten the conversation."
            .formatted(tokens, window);
    return new Failure(
        Kind.PROMPT_TOO_LONG,
        message,
        "",
        null,
        "context_length_exceeded",
        null,
        new Overflow(tokens, window));
  }

  /**
   * The same, but a prompt that was said to be too long without a count has as many tokens as it is
   * thought to have: agents shorten a conversation by the gap between the two numbers.
   *
   * @param estimate of its tokens
   */
  public Failure counting(int estimate) {
    Overflow told = overflow;
    if (told == null || told.tokens() != told.window() + 1) {
      return this;
    }
    return estimate > told.tokens() ? tooLong(estimate, told.window()).withDetail(detail) : this;
  }

  /** Somebody whom the request needs does not answer yet, or not any more. */
  public static Failure notReady() {
    return of(Kind.INTERNAL, "The gateway is not ready; please retry.");
  }

  /** A bug of ours; the log has its cause. */
  public static Failure bug() {
    return of(Kind.INTERNAL, "The gateway failed; please report it.");
  }

  /** An operator has ended it; sending it again would only begin what was not wanted. */
  public static Failure cancelled() {
    return of(Kind.CANCELLED, "An operator of the gateway has cancelled this request.");
  }

  /** ccproxy ends; whoever takes its place answers in a moment. */
  public static Failure shuttingDown() {
    return of(Kind.SHUTTING_DOWN, "The gateway is restarting; please retry.")
        .retryingAfter(Duration.ofSeconds(5));
  }

  public Failure retryingAfter(Duration wait) {
    return new Failure(kind, message, detail, param, code, wait, overflow);
  }

  /** The same in other words. */
  public Failure saying(String words) {
    return new Failure(kind, words, detail, param, code, retryAfter, overflow);
  }

  public Failure withDetail(String more) {
    return new Failure(kind, message, more, param, code, retryAfter, overflow);
  }
}
