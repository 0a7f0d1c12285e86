package com.visiquate.ccproxy.load;

import java.time.Duration;

/**
 * What a request wants of the fake: how many tokens, how far apart, and how many in one write.
 *
 * <p>It travels inside the prompt, which every gateway passes on unchanged.
 *
 * @param members further ones of its body, each after a comma
 * @param from number of the first request, where each asks something else; -1 where all ask the
 *     same
 * @param before how long the fake is silent before the first token
 */
record Ask(
    boolean stream,
    int tokens,
    Duration gap,
    int tokensInOneWrite,
    Duration stall,
    String members,
    int from,
    Duration before) {
  /** Where the number of a request stands in its prompt. */
  static final String NUMBER = "n=00000000";

  private Ask(boolean stream, int tokens, Duration gap, int tokensInOneWrite, Duration stall) {
    this(stream, tokens, gap, tokensInOneWrite, stall, "", -1, Duration.ZERO);
  }

  static final String MODEL = "qwen2.5-coder:7b-instruct";
  static final String ALIAS = "qwen-fast";
  private static final int BODY = 300;

  /** All tokens in one write, also if a gateway asks for them as a stream. */
  static Ask whole(int tokens) {
    return new Ask(false, tokens, Duration.ZERO, tokens, Duration.ZERO);
  }

  /**
   * Each token in a write of its own, for a client that wants all of them at once; who is asked for
   * a whole answer and passes that on gets it in one write.
   */
  static Ask pieces(int tokens) {
    return new Ask(false, tokens, Duration.ZERO, 1, Duration.ZERO);
  }

  static Ask stream(int tokens, Duration gap) {
    return new Ask(true, tokens, gap, 1, Duration.ZERO);
  }

  /** All tokens at once, in as few writes as the socket takes. */
  static Ask burst(int tokens) {
    return new Ask(true, tokens, Duration.ZERO, tokens, Duration.ZERO);
  }

  /** An answer after which the fake stands still, for the check of the load generator. */
  static Ask stalling(Duration stall) {
    return new Ask(false, 1, Duration.ZERO, 1, stall);
  }

  /** The same with further members. */
  Ask with(String more) {
    return new Ask(stream, tokens, gap, tokensInOneWrite, stall, more, from, before);
  }

  /** The same, but each request asks something else, by numbers from this one on. */
  Ask eachFrom(int number) {
    return new Ask(stream, tokens, gap, tokensInOneWrite, stall, members, number, before);
  }

  /** The same after a silence. */
  Ask after(Duration silence) {
    return new Ask(stream, tokens, gap, tokensInOneWrite, stall, members, from, silence);
  }

  /** A small chat of 300 bytes, with the same members in the same order for both dialects. */
  String body(String model) {
    String prompt =
        "tokens=%d gap=%d write=%d stall=%d "
                .formatted(tokens, gap.toNanos(), tokensInOneWrite, stall.toNanos())
            + (before.isZero() ? "" : "before=%d ".formatted(before.toNanos()))
            + (from < 0 ? "" : NUMBER + " ");
    String head =
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s"
            .formatted(model, prompt);
    String tail = "\"}],\"stream\":%b%s}".formatted(stream, members);
    return head + "x".repeat(BODY - head.length() - tail.length()) + tail;
  }
}
