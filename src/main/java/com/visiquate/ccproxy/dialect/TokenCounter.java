package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.Failure;

/** One family's question how many tokens a request would be: pure functions over bytes. */
public interface TokenCounter {
  /** What became of a body. */
  sealed interface Counted {
    /**
     * So many tokens, at least 1.
     *
     * @param model the name that the client used; empty when it named none
     */
    public record Tokens(String model, int tokens) implements Counted {}

    /** Not a body whose tokens can be counted. */
    record Uncountable(Failure failure) implements Counted {}
  }

  Family family();

  /** Reads the body of a count; never throws. */
  Counted count(byte[] body);

  /** The response. */
  byte[] answer(int tokens);
}
