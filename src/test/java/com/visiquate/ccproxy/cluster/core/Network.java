package com.visiquate.ccproxy.cluster.core;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What lies between nodes: each way may be cut, lossy or slow by itself. */
final class Network {
  private final SplittableRandom random;
  private final boolean[][] cut;
  private final long[][] heard;
  private final int[] protocols;
  private double loss;
  private double doubling;
  private int delay;

  Network(int size, SplittableRandom random) {
    this.random = random;
    cut = new boolean[size][size];
    heard = new long[size][size];
    protocols = new int[size];
    Arrays.fill(protocols, 1);
    for (long[] row : heard) {
      Arrays.fill(row, 0);
    }
  }

  int protocol(int node) {
    return protocols[node];
  }

  /** From the next start of a node. */
  void protocol(int node, int number) {
    protocols[node] = number;
  }

  void cut(int from, int to) {
    cut[from][to] = true;
  }

  void join(int from, int to) {
    cut[from][to] = false;
  }

  /** Of every parcel: how often it is lost or doubled, and how late it may be. */
  void trouble(double lost, double doubled, int late) {
    loss = lost;
    doubling = doubled;
    delay = late;
  }

  void heal() {
    trouble(0, 0, 0);
    for (boolean[] row : cut) {
      Arrays.fill(row, false);
    }
  }

  /** When the copies of one parcel arrive. */
  long[] delays(int from, int to) {
    if (cut[from][to] || random.nextDouble() < loss) {
      return new long[0];
    }
    return random.nextDouble() < doubling
        ? new long[] {delay(), delay() + random.nextInt(3_000)}
        : new long[] {delay()};
  }

  private long delay() {
    return 1L + (delay == 0 ? 0 : random.nextInt(delay));
  }

  void heartbeats(List<SimNode> nodes, long time) {
    for (int from = 0; from < nodes.size(); from++) {
      for (int to = 0; to < nodes.size(); to++) {
        boolean arrives = !cut[from][to] && random.nextDouble() >= loss;
        if (arrives && nodes.get(from).isAwake() && nodes.get(to).isAwake()) {
          heard[to][from] = time;
        }
      }
    }
  }

  boolean heard(int by, int from, long since) {
    return heard[by][from] >= since;
  }
}
