package com.visiquate.ccproxy.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every node is restarted, one after the other, while clients work behind HAProxy. */
@Timeout(600)
@ExtendWith(SharedNodes.class)
final class RollingRestartTest {
  @Test
  void losesNoRequest(Nodes nodes) throws Exception {
    try (Balancer balancer = Balancer.start(nodes.machine(1).folder())) {
      Waits.until("HAProxy knows a node", () -> nodes.ask(Balancer.chat(), 1, 1).ends().isWhole());
      Load load = Load.behind(nodes, 12);
      for (int number = 1; number <= 3; number++) {
        nodes.machine(number).terminate();
        nodes.machine(number).startAgain();
        nodes.untilOne();
      }
      Collection<Call> calls = load.stop();

      assertThat(calls).hasSizeGreaterThan(24);
      assertThat(calls).allMatch(call -> call.isWhole() || call.mayComeAgain());
      assertThat(balancer).isNotNull();
      System.out.printf(
          "%d requests in a rolling restart, %d of them told to come again%n",
          calls.size(), calls.stream().filter(Call::mayComeAgain).count());
    }
    nodes.untilIdle();
    nodes.assertNoSlotTooMany();
  }
}
