package com.visiquate.ccproxy.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes whose wall clocks are an hour apart, and are set while they run. */
@Timeout(600)
@ExtendWith(SharedNodes.class)
final class ClockTest {
  @Test
  void anHourMoreOrLessChangesNothing(Nodes nodes) throws Exception {
    nodes.machine(1).setClock("+0");
    nodes.machine(2).setClock("+1h");
    nodes.machine(3).setClock("-1h");
    nodes.startAnew(number -> "");
    try {
      assertThat(nodes.machine(2).hour()).isNotEqualTo(nodes.machine(1).hour());
      Load load = Load.at(nodes, 3, 1, 2, 3);
      Waits.seconds(4);
      nodes.machine(1).setClock("-1h");
      nodes.machine(2).setClock("-1h");
      nodes.machine(3).setClock("+1h");
      Waits.seconds(6);

      Collection<Call> calls = load.stop();
      assertThat(calls).hasSizeGreaterThan(30).allMatch(Call::isWhole);
      assertThat(calls).allMatch(call -> call.silentMillis() < 10_000);
      aLeaderDies(nodes);
    } finally {
      for (int number = 1; number <= 3; number++) {
        nodes.machine(number).forgetClock();
        nodes.machine(number).end();
      }
    }
  }

  private static void aLeaderDies(Nodes nodes) throws Exception {
    nodes.untilIdle();
    int[] others = nodes.others().stream().mapToInt(Machine::number).toArray();
    List<Call> holders = nodes.occupy(3_000, others);
    List<Call> waiting = nodes.crowd(10, 50, others);
    nodes.untilWaiting(nodes.machine(others[0]), 10);
    nodes.leader().kill();
    Nodes.leave(holders);
    Nodes.untilOver(waiting);
    assertThat(waiting).allMatch(Call::isWhole);
    nodes.untilIdle();
    nodes.assertNoSlotTooMany();
  }
}
