package com.visiquate.ccproxy.routing.replay;

import com.visiquate.ccproxy.bus.ReplayMessage.Figures;
import com.visiquate.ccproxy.bus.TimelineMessage.PastRun;
import java.util.Arrays;
import java.util.List;

/** Gathers what becomes of requests, as figures. */
final class Tally {
  private final double[] firstTokens;
  private int spoke;
  private long prompts;
  private long cached;
  private double end;

  Tally(int requests) {
    firstTokens = new double[requests];
  }

  /** How it really was. */
  static Figures of(List<PastRun> runs) {
    Tally tally = new Tally(runs.size());
    long begin = runs.stream().mapToLong(PastRun::born).min().orElse(0);
    for (PastRun run : runs) {
      tally.spoke((run.spoke() - run.born()) / 1e3);
      tally.prompt(run.counts().promptTokens(), run.counts().cachedTokens());
      tally.ended((run.ended() - begin) / 1e3);
    }
    return tally.figures();
  }

  /** So many seconds after it was asked for. */
  void spoke(double after) {
    firstTokens[spoke++] = after;
  }

  void prompt(int tokens, int cachedTokens) {
    prompts += tokens;
    cached += cachedTokens;
  }

  /** So many seconds after the first request came. */
  void ended(double at) {
    end = Math.max(end, at);
  }

  Figures figures() {
    double[] sorted = Arrays.copyOf(firstTokens, spoke);
    Arrays.sort(sorted);
    return new Figures(
        end,
        spoke == 0 ? 0 : sorted[spoke / 2],
        spoke == 0 ? 0 : sorted[spoke * 95 / 100],
        prompts == 0 ? 0 : (double) cached / prompts);
  }
}
