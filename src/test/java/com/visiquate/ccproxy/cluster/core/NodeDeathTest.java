package com.visiquate.ccproxy.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the death of one of three nodes costs the others; it does not come back. */
final class NodeDeathTest {
  private static final int WAITING = 50;

  /** Runs that each of these worlds may have on one node, which die with it. */
  private static final int MOST_RUNS = 4;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void thatOfALeaderCostsTwoSeconds(long seed) {
    World world = world(seed, 1, 2);
    world.kill(0);
    long death = world.time();
    world.run(2_000);
    // What the dead one has ordered still starts, for as long as a message takes.
    assertThat(world.books().starts(death + 10, death + 2_000)).isPositive();
    servesAll(world, 1, WAITING - MOST_RUNS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void thatOfAnOwnerCostsWhatItWasSaying(long seed) {
    World world = world(seed, 0, 1);
    world.kill(2);
    servesAll(world, 0, WAITING - MOST_RUNS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void thatOfAnIngressTakesItsClientsWithIt(long seed) {
    World world = world(seed, 1, 2);
    world.kill(1);
    servesAll(world, 0, WAITING / 2 - MOST_RUNS);
  }

  /** The first is the eldest; clients of two others wait. */
  private static World world(long seed, int one, int other) {
    World world = new World(seed, 3);
    world.run(2_000);
    for (int i = 0; i < WAITING; i++) {
      world.ask(i % 2 == 0 ? one : other, "fast", i);
    }
    world.run(1_000);
    return world;
  }

  private static void servesAll(World world, int leader, int least) {
    world.run(60_000);
    assertThat(world.books().open()).isEmpty();
    assertThat(world.books().served()).isGreaterThanOrEqualTo(least);
    SimNode leads = world.nodes().get(leader);
    assertThat(leads.core().isLeading()).isTrue();
    assertThat(Objects.requireNonNull(leads.routing()).open()).isZero();
  }
}
