package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The newer line's host-RAM memory of replaced prompts, bounded in tokens, oldest out first. */
final class PromptCache {
  /** Of a saved prompt; one of which less can be used is not taken out. */
  private static final double WORTH_TAKING = 0.25;

  private final int capacity;
  private final List<int[]> saved = new ArrayList<>();
  private int tokens;

  PromptCache(int capacity) {
    this.capacity = capacity;
  }

  /** Keeps a prompt, unless it begins one that is kept; those that it begins with go. */
  void save(int[] prompt) {
    boolean contained = saved.stream().anyMatch(one -> begins(prompt, one));
    if (prompt.length == 0 || prompt.length > capacity || contained) {
      return;
    }
    saved.removeIf(one -> begins(one, prompt));
    saved.add(prompt);
    tokens = saved.stream().mapToInt(one -> one.length).sum();
    while (tokens > capacity) {
      tokens -= saved.removeFirst().length;
    }
  }

  private static boolean begins(int[] prompt, int[] longer) {
    return Tokens.commonPrefix(prompt, longer) == prompt.length;
  }

  /**
   * Takes out the saved prompt that helps a new one more than what its slot holds, and of which
   * more is used; one of which little would be left is spared.
   */
  Optional<int[]> takeBetterThan(int[] held, int[] prompt) {
    int[] best = null;
    int most = Tokens.commonPrefix(held, prompt);
    double used = held.length == 0 ? 0 : (double) most / held.length;
    for (int[] one : saved) {
      int common = Tokens.commonPrefix(one, prompt);
      double part = (double) common / one.length;
      if (common > most && part > used && part >= WORTH_TAKING) {
        best = one;
        most = common;
        used = part;
      }
    }
    return Optional.ofNullable(best).map(this::taken);
  }

  private int[] taken(int[] prompt) {
    saved.remove(prompt);
    tokens -= prompt.length;
    return prompt;
  }
}
