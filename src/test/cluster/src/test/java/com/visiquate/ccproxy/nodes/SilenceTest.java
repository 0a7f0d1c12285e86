package com.visiquate.ccproxy.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that do not hear each other for a while, and meet again. */
@Timeout(600)
@ExtendWith(SharedNodes.class)
final class SilenceTest {
  @Test
  void aLeaderThatSleptComesBack(Nodes nodes) throws Exception {
    Machine leader = nodes.leader();
    int[] others = nodes.others().stream().mapToInt(Machine::number).toArray();
    List<Call> holders = nodes.occupy(3_000, others);
    List<Call> waiting = nodes.crowd(20, 50, others);
    List<Call> asleep = nodes.crowd(4, 50, leader.number());
    nodes.untilWaiting(nodes.machine(others[0]), 24);

    leader.signal("STOP");
    Nodes.leave(holders);
    Nodes.untilOver(waiting);
    assertThat(waiting).allMatch(Call::isWhole);
    assertThat(waiting).allMatch(call -> call.silentMillis() < 10_000);
    Waits.seconds(45);
    leader.signal("CONT");

    Nodes.untilOver(asleep);
    Nodes.assertServed(asleep);
    talksToAll(nodes);
  }

  @Test
  void bothSidesOfABlipGoOnAndMeetAgain(Nodes nodes) throws Exception {
    Machine apart = nodes.others().getFirst();
    Load load = Load.at(nodes, 3, all());
    Waits.seconds(3);
    nodes.network().cut(apart.number());
    Waits.seconds(12);
    assertThat(apart.askInside(20)).contains("[DONE]");
    Waits.seconds(13);
    nodes.network().mend(apart.number());
    Waits.seconds(5);

    Nodes.assertServed(load.stop());
    talksToAll(nodes);
  }

  @Test
  void aLeaderThatIsCutOffYields(Nodes nodes) throws Exception {
    Machine leader = nodes.leader();
    Load load = Load.at(nodes, 3, all());
    Waits.seconds(3);
    nodes.network().cut(leader.number());
    Waits.seconds(12);
    assertThat(leader.askInside(20)).contains("[DONE]");
    nodes.network().mend(leader.number());
    Waits.seconds(5);

    Nodes.assertServed(load.stop());
    talksToAll(nodes);
  }

  @Test
  void oneWaySilenceLosesNobodyWhoWaits(Nodes nodes) throws Exception {
    int leader = nodes.leader().number();
    int deaf = nodes.others().getFirst().number();
    Load load = Load.at(nodes, 3, all());
    Waits.seconds(3);
    nodes.network().lose(leader, deaf, 100);
    Waits.seconds(12);
    nodes.network().heal();

    Nodes.assertServed(load.stop());
    talksToAll(nodes);
  }

  @Test
  void lossesCostTimeOnly(Nodes nodes) throws Exception {
    Load load = Load.at(nodes, 3, all());
    Waits.seconds(2);
    for (int from : all()) {
      for (int to : all()) {
        if (from != to) {
          nodes.network().lose(from, to, 30);
        }
      }
    }
    Waits.seconds(20);
    nodes.network().heal();

    Collection<Call> served = load.stop();
    Nodes.assertServed(served);
    talksToAll(nodes);
  }

  @Test
  void halfASecondEachWayCostsTimeOnly(Nodes nodes) throws Exception {
    Load load = Load.at(nodes, 3, all());
    Waits.seconds(2);
    for (int node : all()) {
      nodes.network().delay(node, 500);
    }
    // They may lose each other while it lasts: a connection takes seconds.
    Waits.seconds(25);
    nodes.network().heal();

    Nodes.assertServed(load.stop());
    talksToAll(nodes);
  }

  private static int[] all() {
    return IntStream.rangeClosed(1, 3).toArray();
  }

  /** One leads, and clients of each use the slots of all. */
  private static void talksToAll(Nodes nodes) throws Exception {
    nodes.untilOne();
    nodes.untilIdle();
    for (int node : all()) {
      Nodes.leave(nodes.occupy(3_000, node));
      nodes.untilIdle();
    }
    nodes.assertNoSlotTooMany();
  }
}
