package com.visiquate.ccproxy.cluster;

/**
 * How much of what all nodes know may lie on this one, in bytes.
 *
 * @param responses that clients may go on from
 * @param thoughts before calls of tools
 * @param answers that may be given again
 */
public record SharedSizes(long responses, long thoughts, long answers) {
  /** Of thoughts, beside what responses may take. */
  private static final int SHARE = 4;

  /** As a node takes for its own memory and its own cache. */
  public static SharedSizes of(long memory, long answers) {
    return new SharedSizes(memory, memory / SHARE, answers);
  }
}
