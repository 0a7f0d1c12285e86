package com.visiquate.ccproxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.Quota;
import java.util.SplittableRandom;

/** What befalls nodes that share their keys' limits: one history that its seed tells. */
final class QuotaHistory {
  private final QuotaWorld world;
  private final SplittableRandom random;
  private final boolean cuts;
  private final int size;

  QuotaHistory(long seed, boolean cuts) {
    this.random = new SplittableRandom(~seed);
    this.cuts = cuts;
    this.size = 2 + random.nextInt(4);
    this.world = new QuotaWorld(seed, size, cuts);
  }

  void run() {
    world.run(2_000);
    int requests = 50 + random.nextInt(200);
    for (int i = 0; i < requests; i++) {
      world.later(random.nextInt(60_000), this::request);
    }
    int burst = random.nextInt(3) * random.nextInt(60);
    int from = random.nextInt(40_000);
    for (int i = 0; i < burst; i++) {
      world.later(from + random.nextInt(300), this::request);
    }
    int faults = 1 + random.nextInt(4);
    for (int i = 0; i < faults; i++) {
      world.later(random.nextInt(50_000), this::fault);
    }
    world.run(65_000);
    world.recover();
    // Each side of a cut may have used a minute's allowance, and so may each turnstile that died.
    world.run(cuts ? 200_000 : 100_000);
    isFree();
  }

  private void request() {
    int node = random.nextInt(size);
    String key = QuotaWorld.KEYS.get(random.nextInt(QuotaWorld.KEYS.size())).name();
    world.ask(node, key, random.nextInt(50, 8_000), random.nextInt(900));
  }

  private void fault() {
    int node = random.nextInt(2) == 0 ? world.leader() : random.nextInt(size);
    switch (random.nextInt(cuts ? 5 : 3)) {
      case 0, 1 -> kill(node);
      case 2 -> trouble(random.nextInt(2_000, 20_000));
      case 3 -> apart(1 << node, random.nextInt(500, 25_000));
      default -> apart(random.nextInt(1 << size), random.nextInt(500, 25_000));
    }
  }

  private void kill(int node) {
    world.kill(node);
    world.later(random.nextInt(200, 15_000), () -> world.start(node));
  }

  private void trouble(int millis) {
    double lost = random.nextDouble(cuts ? 0.4 : 0.15);
    world.trouble(lost, random.nextDouble(0.3), random.nextInt(1, cuts ? 800 : 200));
    world.later(millis, () -> world.trouble(0, 0, 1));
  }

  private void apart(int side, int millis) {
    world.cut(side);
    world.later(millis, () -> world.cut(0));
  }

  /** Nothing is taken any more: exactly what is allowed is given, wherever it is asked for. */
  private void isFree() {
    for (AccessKey key : QuotaWorld.KEYS) {
      Quota quota = key.quota();
      int most = quota.concurrency() > 0 ? quota.concurrency() : quota.requests();
      if (most > 0) {
        int before = world.judge().begun(key.name());
        for (int i = 0; i < most + 2; i++) {
          world.ask(i % size, key.name(), 20_000, 0);
        }
        world.run(900);
        assertThat(world.judge().begun(key.name()) - before)
            .as("%s of %s", key.name(), world)
            .isBetween(most, most + 1);
        world.run(25_000);
      }
    }
  }
}
