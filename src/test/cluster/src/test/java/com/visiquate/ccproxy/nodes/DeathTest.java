package com.visiquate.ccproxy.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node that does not lead is killed: one that owns a backend, one that has clients. */
@Timeout(600)
@ExtendWith(SharedNodes.class)
final class DeathTest {
  @Test
  void anOwnerTakesOnlyTheAnswersThatItWasGiving(Nodes nodes) throws Exception {
    Machine owner = nodes.others().getFirst();
    int[] others = without(nodes, owner);
    List<Call> holders = nodes.occupy(1_000, others);
    List<Call> waiting = nodes.crowd(12, 50, others);
    nodes.untilWaiting(nodes.machine(others[0]), 12);
    assertThat(owner.running()).isEqualTo(Machine.SLOTS);

    owner.kill();
    Nodes.untilOver(holders);
    Nodes.untilOver(waiting);

    assertThat(waiting).allMatch(Call::isWhole);
    Nodes.assertServed(holders);
    assertThat(holders.stream().filter(Call::isBroken)).hasSize(Machine.SLOTS);
    nodes.untilIdle();
    nodes.assertNoSlotTooMany();
  }

  @Test
  void whatWasNotAnsweredYetIsRunElsewhere(Nodes nodes) throws Exception {
    Machine owner = nodes.others().getFirst();
    int[] others = without(nodes, owner);
    List<Call> reading =
        List.of(
            nodes.ask(others[0], 3_000, 20), nodes.ask(others[1], 3_001, 20),
            nodes.ask(others[0], 3_002, 20), nodes.ask(others[1], 3_003, 20),
            nodes.ask(others[0], 3_004, 20), nodes.ask(others[1], 3_005, 20));
    Waits.until("two are read", () -> owner.running() == Machine.SLOTS);

    owner.kill();
    Nodes.untilOver(reading);

    assertThat(reading).allMatch(Call::isWhole);
    nodes.untilIdle();
    nodes.assertNoSlotTooMany();
  }

  @Test
  void anIngressTakesOnlyItsOwnClients(Nodes nodes) throws Exception {
    Machine ingress = nodes.others().getFirst();
    int[] others = without(nodes, ingress);
    List<Call> holders = nodes.occupy(3_000, others);
    List<Call> its = nodes.crowd(50, 50, ingress.number());
    List<Call> waiting = nodes.crowd(10, 50, others);
    nodes.untilWaiting(nodes.machine(others[0]), 60);

    ingress.kill();
    Nodes.untilOver(its);
    nodes.untilWaiting(nodes.machine(others[0]), 10);
    nodes.untilWaiting(nodes.machine(others[1]), 10);
    Nodes.leave(holders);
    Nodes.untilOver(waiting);

    assertThat(its).allMatch(call -> call.end() == Call.End.CUT);
    assertThat(waiting).allMatch(Call::isWhole);
    assertThat(waiting).allMatch(call -> call.silentMillis() < 10_000);
    nodes.untilIdle();
    nodes.assertNoSlotTooMany();
  }

  private static int[] without(Nodes nodes, Machine one) {
    return nodes.alive().stream()
        .filter(machine -> machine != one)
        .mapToInt(Machine::number)
        .toArray();
  }
}
