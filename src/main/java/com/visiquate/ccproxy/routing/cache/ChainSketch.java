package com.visiquate.ccproxy.routing.cache;

import com.visiquate.ccproxy.chat.Message;

/**
 * Chains of prompts whose words nobody knows any more, but only how long their parts were and which
 * of them were the same.
 */
public final class ChainSketch {
  private ChainSketch() {}

  /**
   * A first turn.
   *
   * @param role tells its tools and instructions from all others
   * @param own tells the rest from all others
   * @param roleCharacters how long the tools and instructions are
   * @param characters how long the rest is
   */
  public static Chain first(long role, int roleCharacters, long own, int characters) {
    ChainWriter writer = new ChainWriter();
    writer.mark(role, 0);
    // Of one role whatever its length, which is only known to about a token.
    long roleHash = writer.hash();
    writer.unknown(role, roleCharacters);
    writer.unknown(own, characters);
    return new Chain(writer, roleHash, 0, new Chain.Head(0, roleCharacters));
  }

  /**
   * The turn after another one.
   *
   * @param own tells what is new from all others
   * @param characters how long that is
   */
  public static Chain next(Chain before, Message.Assistant answer, long own, int characters) {
    ChainWriter writer = new ChainWriter(before);
    Rendering.message(answer, writer);
    writer.unknown(own, characters);
    int head = before.headLength();
    return new Chain(writer, before.role(), before.end(), new Chain.Head(0, head));
  }
}
