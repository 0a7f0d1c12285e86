package com.visiquate.ccproxy.chat;

import java.util.List;

/**
 * The log probability of one generated token.
 *
 * @param bytes the token's UTF-8 bytes, 0 to 255 each; empty when not known
 * @param top the most likely alternatives, each with an empty {@code top}
 */
public record TokenLogprob(
    String token, double logprob, List<Integer> bytes, List<TokenLogprob> top) {
  public TokenLogprob {
    bytes = List.copyOf(bytes);
    top = List.copyOf(top);
  }
}
