package com.visiquate.ccproxy.simulator;

import java.util.ArrayList;
import java.util.List;

/** The newer line's host-RAM memory of replaced prompts, bounded in tokens, oldest out first. */
final class PromptCache {
  private final int capacity;
  private final List<int[]> saved = new ArrayList<>();
  private int tokens;

  PromptCache(int capacity) {
    this.capacity = capacity;
  }

  void save(int[] prompt) {
    if (prompt.length == 0 || prompt.length > capacity) {
      return;
    }
    saved.add(prompt);
    tokens += prompt.length;
    while (tokens > capacity) {
      tokens -= saved.removeFirst().length;
    }
  }

  /** Takes out the saved prompt that shares most with a new one, if more than so many tokens. */
  int[] takeBetterThan(int shared, int[] prompt) {
    int best = -1;
    int most = shared;
    for (int i = 0; i < saved.size(); i++) {
      int common = Tokens.commonPrefix(saved.get(i), prompt);
      if (common > most) {
        most = common;
        best = i;
      }
    }
    return best < 0 ? new int[0] : taken(best);
  }

  private int[] taken(int index) {
    int[] prompt = saved.remove(index);
    tokens -= prompt.length;
    return prompt;
  }
}
