package com.visiquate.ccproxy.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Any node is killed under load and started again, so many times: {@code run -Dkills=100}. */
@Timeout(36_000)
@ExtendWith(SharedNodes.class)
final class KillsTest {
  private static final int KILLS = Integer.getInteger("kills", 0);

  @Test
  @EnabledIfSystemProperty(named = "kills", matches = "[1-9]\\d*")
  void noneLosesWhoWaitsElsewhere(Nodes nodes) throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<Call> all = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      all.addAll(once(nodes, random));
    }
    System.out.printf(
        "%d kills, %d requests of nodes that lived, %d of them broken in mid-answer%n",
        KILLS, all.size(), all.stream().filter(Call::isBroken).count());
    nodes.untilIdle();
    nodes.assertNoSlotTooMany();
  }

  private static Collection<Call> once(Nodes nodes, Random random) throws Exception {
    int victim = 1 + random.nextInt(3);
    int[] others = {1 + victim % 3, 1 + (victim + 1) % 3};
    Load doomed = Load.at(nodes, 4, victim);
    Load load = Load.at(nodes, 6, others);
    Waits.millis(500 + random.nextInt(3_000));
    nodes.machine(victim).kill();
    doomed.stop();
    Waits.millis(random.nextInt(3_000));
    nodes.machine(victim).startAgain();
    Waits.millis(random.nextInt(4_000));
    Collection<Call> calls = load.stop();
    Nodes.assertServed(calls);
    assertThat(calls).allMatch(call -> call.silentMillis() < 10_000);
    nodes.untilOne();
    return calls;
  }
}
