package com.visiquate.ccproxy.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the death of the node that makes the order costs all others. */
final class LeaderDeathTest {
  private static final int WAITING = 50;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void costsTwoSecondsAndNoRequestOfOthers(long seed) {
    World world = new World(seed, 3);
    world.run(2_000);
    int leader = world.leader();
    for (int i = 0; i < WAITING; i++) {
      world.ask((leader + 1 + i % 2) % 3, "fast", i);
    }
    world.run(1_000);
    world.kill(leader);
    long death = world.time();
    world.run(2_000);
    // What the dead one has ordered still starts, for as long as a message takes.
    assertThat(world.books().starts(death + 10, death + 2_000)).isPositive();
    world.recover(120_000);
    // Those that were being answered by the dead one's own backend may have lost their answer.
    assertThat(world.books().served()).isGreaterThan(WAITING - 5);
  }
}
