package com.visiquate.ccproxy.routing.cache;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ModelRequest;
import java.util.Arrays;

/**
 * A prompt as cumulative hashes at the ends of its blocks and messages, in the order in which it is
 * rendered. Lengths are characters, what the template puts around a message included. Two chains
 * are compared by a binary search, because what is equal up to a boundary was equal before it.
 */
public final class Chain {
  /** No prompt at all. */
  static final Chain EMPTY = new Chain(new ChainWriter(), 0, 0, Head.NONE);

  private final long[] hashes;
  private final int[] lengths;
  private final long end;
  private final int length;
  private final long role;
  private final long continued;
  private final Head head;

  /**
   * Where the parts of a prompt end that its messages follow, in characters.
   *
   * @param tools the tools
   * @param all the tools and the instructions
   */
  record Head(int tools, int all) {
    static final Head NONE = new Head(0, 0);
  }

  Chain(ChainWriter writer, long role, long continued, Head head) {
    this.hashes = writer.hashes();
    this.lengths = writer.lengths();
    this.end = writer.hash();
    this.length = writer.length();
    this.role = role;
    this.continued = continued;
    this.head = head;
  }

  private Chain(Chain whole, int blocks) {
    this.hashes = Arrays.copyOf(whole.hashes, blocks);
    this.lengths = Arrays.copyOf(whole.lengths, blocks);
    this.end = blocks == 0 ? 0 : hashes[blocks - 1];
    this.length = blocks == 0 ? 0 : lengths[blocks - 1];
    this.role = whole.role;
    this.continued = whole.continued;
    this.head = whole.head;
  }

  public static Chain of(ModelRequest request) {
    return Rendering.of(request);
  }

  /** What a slot holds when it has generated this answer. */
  public Chain with(Message.Assistant answer) {
    ChainWriter writer = new ChainWriter(this);
    Rendering.message(answer, writer);
    return new Chain(writer, role, continued, head);
  }

  /** Its beginning: as much of it as is complete within so many characters. */
  public Chain first(int characters) {
    int found = Arrays.binarySearch(lengths, characters);
    return new Chain(this, found >= 0 ? found + 1 : -found - 1);
  }

  /** All of it as one number; equal for equal prompts. */
  public long end() {
    return end;
  }

  public int length() {
    return length;
  }

  /** Its tools and first instructions as one number; requests of one role share them. */
  public long role() {
    return role;
  }

  /** How long its tools and first instructions are. */
  public int headLength() {
    return head.all;
  }

  /** The {@link #end} of the request that it continues; 0 when it is a first one. */
  public long continued() {
    return continued;
  }

  /** Whether it is the next turn of a request, or that request once more. */
  public boolean follows(long turn) {
    return continued == turn || end == turn;
  }

  /** Its first block as one number; chains that differ in it have nothing in common. */
  long beginning() {
    return hashes.length == 0 ? 0 : hashes[0];
  }

  /** The length up to which two chains are equal. */
  public int common(Chain other) {
    int equal = 0;
    int most = Math.min(hashes.length, other.hashes.length);
    if (most == 0 || hashes[0] != other.hashes[0]) {
      return 0;
    }
    while (equal < most) {
      int middle = (equal + most + 1) >>> 1;
      boolean agree = hashes[middle - 1] == other.hashes[middle - 1];
      equal = agree ? middle : equal;
      most = agree ? most : middle - 1;
    }
    return equal == 0 ? 0 : lengths[equal - 1];
  }

  /** Whether what two chains have in common, so many characters, ends within the tools. */
  public boolean partsInTools(Chain other, int common) {
    return common < Math.max(head.tools, other.head.tools);
  }

  /** Whether it ends before the first message after the instructions. */
  public boolean partsInHead(Chain other, int common) {
    return common < Math.max(head.all, other.head.all);
  }

  /** Whether another one begins with all of it. */
  boolean begins(Chain other) {
    int last = hashes.length - 1;
    return last < 0 || (last < other.hashes.length && hashes[last] == other.hashes[last]);
  }

  long[] hashes() {
    return hashes;
  }

  int[] lengths() {
    return lengths;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Chain chain && end == chain.end && Arrays.equals(hashes, chain.hashes);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(end);
  }
}
