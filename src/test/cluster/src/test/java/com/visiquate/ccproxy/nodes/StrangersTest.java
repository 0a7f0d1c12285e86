package com.visiquate.ccproxy.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that are none of them: they hear nothing, and disturb nobody. */
@Timeout(600)
@ExtendWith(SharedNodes.class)
final class StrangersTest {
  private static final int STRANGER = 4;

  @Test
  void whoDoesNotKnowTheSecretStaysAlone(Nodes nodes) throws Exception {
    Machine stranger = nodes.machine(STRANGER);
    long before = stranger.chats();
    stranger.start(Nodes.configuration(STRANGER, "another secret of it", ""));
    Waits.until("it listens", () -> stranger.backends().equals(List.of("b4")));
    Nodes.leave(nodes.occupy(500, 1, 2, 3));
    nodes.untilIdle();

    assertThat(stranger.leads()).isTrue();
    assertThat(stranger.chats()).as("what its Ollama was asked").isEqualTo(before);
    for (int number = 1; number <= 3; number++) {
      assertThat(nodes.machine(number).backends()).containsExactlyInAnyOrder("b1", "b2", "b3");
    }
    assertThat(warnings(nodes, "may not")).as("told once by each").hasSize(3);
    nodes.assertNoSlotTooMany();
  }

  @Test
  void whoSpeaksAnOlderProtocolStaysAlone(Nodes nodes) throws Exception {
    Machine older = nodes.machine(STRANGER);
    long before = older.chats();
    older.use(Path.of(System.getProperty("older.jar")));
    try {
      older.start(Nodes.configuration(STRANGER, Nodes.SECRET, ""));
      Waits.until("it listens", () -> older.backends().equals(List.of("b4")));
      Nodes.leave(nodes.occupy(500, 1, 2, 3));
      nodes.untilIdle();
      assertThat(older.leads()).isTrue();
      assertThat(older.chats()).as("what its Ollama was asked").isEqualTo(before);
      assertThat(nodes.ask(STRANGER, 1, 20).ends().isWhole()).as("it serves its own").isTrue();
    } finally {
      older.end();
      older.use(Path.of(Machine.program()));
    }
    for (int number = 1; number <= 3; number++) {
      assertThat(nodes.machine(number).backends()).containsExactlyInAnyOrder("b1", "b2", "b3");
    }
    assertThat(warnings(nodes, "may not")).as("told once by each").hasSizeBetween(1, 3);
    nodes.assertNoSlotTooMany();
  }

  @Test
  void whoHasAnotherCertificateHearsNothing(Nodes nodes) throws Exception {
    Certificates ours = Certificates.of(nodes.machine(1).folder(), "ours");
    Certificates other = Certificates.of(nodes.machine(1).folder(), "other");
    nodes.startAnew(number -> ours.settings(number));
    Nodes.leave(nodes.occupy(500, 1, 2, 3));
    nodes.untilIdle();
    Machine stranger = nodes.machine(STRANGER);
    long before = stranger.chats();
    stranger.start(Nodes.configuration(STRANGER, Nodes.SECRET, other.settings(STRANGER)));
    Waits.until("it says something", () -> stranger.status("/health/liveness") != 0);
    Waits.seconds(5);

    List<Call> calls = nodes.crowd(12, 50, 1, 2, 3);
    Nodes.untilOver(calls);
    assertThat(calls).allMatch(Call::isWhole);
    assertThat(stranger.chats()).as("what its Ollama was asked").isEqualTo(before);
    for (int number = 1; number <= 3; number++) {
      assertThat(nodes.machine(number).backends()).containsExactlyInAnyOrder("b1", "b2", "b3");
    }
    Waits.until("each tells it once", () -> warnings(nodes, "heard of node-4").size() == 3);
    assertThat(warnings(nodes, "TLS with a peer has failed")).hasSizeBetween(1, 3);
    assertThat(warnings(nodes, "ERROR")).as("a line each try").isEmpty();
    Call alone = nodes.ask(STRANGER, 1, 20).ends();
    assertThat(alone.isWhole()).as("what it does alone: %s", alone).isTrue();
    nodes.assertNoSlotTooMany();
  }

  @Test
  void whoeverMayBeOverheardNeedsCertificates(Nodes nodes) throws Exception {
    String exposed =
        Nodes.configuration(1, Nodes.SECRET, "").replace("\"100.64.9.1:5701\"", "192.0.2.1:5701");

    assertThat(nodes.machine(1).check(exposed)).startsWith("exit 1").contains("cluster.listen");
  }

  private static List<String> warnings(Nodes nodes, String words) throws Exception {
    StringBuilder all = new StringBuilder();
    for (int number = 1; number <= 3; number++) {
      all.append(nodes.machine(number).log());
    }
    return Stream.of(all.toString().split("\n")).filter(line -> line.contains(words)).toList();
  }
}
