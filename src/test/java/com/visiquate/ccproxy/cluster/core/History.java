package com.visiquate.ccproxy.cluster.core;

import java.util.SplittableRandom;

/** What befalls a world: one that its seed tells. */
final class History {
  private static final String[] MODELS = {"fast", "fast", "deep"};

  private final World world;
  private final SplittableRandom random;
  private final int size;

  History(long seed) {
    random = new SplittableRandom(~seed);
    size = 2 + random.nextInt(4);
    world = new World(seed, size);
  }

  void run() {
    world.run(1_500);
    int requests = 10 + random.nextInt(30);
    for (int i = 0; i < requests; i++) {
      world.later(random.nextInt(40_000), unlessCalm(this::request));
    }
    int burst = random.nextInt(3) * random.nextInt(30);
    int from = random.nextInt(20_000);
    for (int i = 0; i < burst; i++) {
      world.later(from + random.nextInt(500), unlessCalm(this::request));
    }
    int faults = 1 + random.nextInt(4);
    for (int i = 0; i < faults; i++) {
      world.later(random.nextInt(25_000), unlessCalm(this::fault));
    }
    world.run(random.nextInt(20_000, 60_000));
    world.recover(120_000);
  }

  private Runnable unlessCalm(Runnable task) {
    return () -> {
      if (!world.isCalm()) {
        task.run();
      }
    };
  }

  private void request() {
    int node = random.nextInt(size);
    world.ask(node, MODELS[random.nextInt(MODELS.length)], random.nextInt(6));
    if (random.nextInt(8) == 0) {
      world.later(random.nextInt(1_000), unlessCalm(() -> world.leave(node)));
    }
  }

  private void fault() {
    int node = random.nextInt(3) == 0 ? world.leader() : random.nextInt(size);
    switch (random.nextInt(8)) {
      case 0 -> kill(node);
      case 1 -> sleep(node, 45_000);
      case 2 -> sleep(node, random.nextInt(500, 8_000));
      case 3 -> island(node, 25_000);
      case 4 -> island(node, random.nextInt(500, 10_000));
      case 5 -> oneWay(node, random.nextInt(1_000, 20_000));
      case 6 -> trouble(random.nextInt(2_000, 20_000));
      default -> halves(random.nextInt(2_000, 25_000));
    }
  }

  private void kill(int node) {
    world.kill(node);
    if (random.nextInt(4) == 0) {
      world.network().protocol(node, 2);
      world.later(10_000, () -> world.network().protocol(node, 1));
    }
    world.later(random.nextInt(500, 20_000), () -> world.restart(node));
  }

  private void sleep(int node, int millis) {
    world.nodes().get(node).sleep();
    world.later(millis, () -> world.nodes().get(node).resume());
  }

  private void island(int node, int millis) {
    for (int other = 0; other < size; other++) {
      if (other != node) {
        apart(node, other, millis);
        apart(other, node, millis);
      }
    }
    maybeAnew(node, millis);
  }

  private void maybeAnew(int node, int millis) {
    if (random.nextBoolean()) {
      world.later(millis, unlessCalm(() -> world.rejoin(node)));
    }
  }

  private void oneWay(int node, int millis) {
    int other = random.nextInt(size);
    if (random.nextBoolean()) {
      apart(node, other, millis);
    } else {
      for (int each = 0; each < size; each++) {
        apart(each, node, millis);
      }
    }
  }

  private void halves(int millis) {
    for (int one = 0; one < size; one++) {
      for (int other = 0; other < size; other++) {
        if (one % 2 != other % 2) {
          apart(one, other, millis);
        }
      }
    }
    maybeAnew(random.nextInt(size), millis);
  }

  private void apart(int from, int to, int millis) {
    if (from != to) {
      world.network().cut(from, to);
      world.later(millis, () -> world.network().join(from, to));
    }
  }

  private void trouble(int millis) {
    world.network().trouble(random.nextDouble(0.4), random.nextDouble(0.3), random.nextInt(1, 800));
    world.later(millis, () -> world.network().trouble(0, 0, 0));
  }
}
