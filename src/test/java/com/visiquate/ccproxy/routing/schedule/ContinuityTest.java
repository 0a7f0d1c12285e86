package com.visiquate.ccproxy.routing.schedule;

import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Fact.PrefixKept;
import com.visiquate.ccproxy.bus.Fact.PromptPart;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.routing.Fixture;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a client's next turn keeps of what it sent before. */
final class ContinuityTest {
  private static final String SYSTEM = "You are careful. ".repeat(100);
  private final Continuity continuity = new Continuity();
  private int number;

  @Test
  void keepsAllWhenItOnlyGoesOn() {
    assertThat(came("me", talk(SYSTEM, "do it", "done", "more"))).isEmpty();

    PrefixKept kept = came("me", talk(SYSTEM, "do it", "done", "more", "so", "on")).orElseThrow();
    assertThat(kept.kept()).isEqualTo(kept.previous()).isGreaterThan(SYSTEM.length());
    assertThat(kept.changed()).isNull();
  }

  @Test
  void namesToolsInAnotherOrder() {
    came("me", talk(SYSTEM, "do it"), "read", "write");

    PrefixKept kept =
        came("me", talk(SYSTEM, "do it", "done", "more"), "write", "read").orElseThrow();
    assertThat(kept.kept()).isZero();
    assertThat(kept.changed()).isEqualTo(PromptPart.TOOLS);
  }

  @Test
  void namesToolsThatWereAdded() {
    came("me", talk(SYSTEM, "do it"), "read");

    PrefixKept kept =
        came("me", talk(SYSTEM, "do it", "done", "more"), "read", "write").orElseThrow();
    assertThat(kept.kept()).isPositive();
    assertThat(kept.changed()).isEqualTo(PromptPart.TOOLS);
  }

  @Test
  void namesChangedInstructions() {
    came("me", talk(SYSTEM, "do it"));

    PrefixKept kept = came("me", talk("12:03 " + SYSTEM, "do it", "done", "more")).orElseThrow();
    assertThat(kept.kept()).isZero();
    assertThat(kept.changed()).isEqualTo(PromptPart.SYSTEM);
  }

  @Test
  void namesTheEndOfTheInstructions() {
    came("me", talk(SYSTEM + "1", "do it"));

    PrefixKept kept = came("me", talk(SYSTEM + "2", "do it", "done", "more")).orElseThrow();
    assertThat(kept.kept()).isBetween(SYSTEM.length() - 256, SYSTEM.length());
    assertThat(kept.changed()).isEqualTo(PromptPart.SYSTEM);
  }

  @Test
  void namesARewrittenHistory() {
    came("me", talk(SYSTEM, "do it", "done", "a long result".repeat(50)));

    PrefixKept kept = came("me", talk(SYSTEM, "do it", "done", "(cut)", "so", "on")).orElseThrow();
    assertThat(kept.kept()).isBetween(SYSTEM.length(), kept.previous() - 1);
    assertThat(kept.changed()).isEqualTo(PromptPart.MESSAGES);
  }

  @Test
  void saysNothingOfFirstTurnsRetriesAndOthers() {
    assertThat(came("me", talk(SYSTEM, "do it"))).isEmpty();
    assertThat(came("me", talk(SYSTEM, "do it"))).isEmpty();
    assertThat(came("you", talk("Other. " + SYSTEM, "do it", "done", "more"))).isEmpty();
    assertThat(came("me", talk("Other. " + SYSTEM, "do that", "done", "more"))).isEmpty();
    assertThat(came("me", talk("Other. " + SYSTEM, "do that", "done", "more"))).isEmpty();
  }

  private Optional<PrefixKept> came(String client, List<Message> messages, String... tools) {
    Submission submission =
        new Submission(
            Fixture.exchange(number),
            0,
            FAST,
            request(messages, tools),
            Priority.NORMAL,
            new ClientId(client),
            START.plusSeconds(60));
    return continuity.came(new OpenExchange(submission, number++, START, QueueBounds.DEFAULT));
  }

  private static ChatRequest request(List<Message> messages, String... tools) {
    return new ChatRequest(
        "fast",
        messages,
        Stream.of(tools).map(name -> new Tool(name, "", RawJson.EMPTY_OBJECT)).toList(),
        ToolChoice.AUTO,
        true,
        Sampling.DEFAULT,
        OutputFormat.TEXT,
        Reasoning.UNSET,
        null);
  }

  private static List<Message> talk(String system, String... said) {
    List<Message> messages = new ArrayList<>();
    messages.add(new Message.Instruction(system));
    for (int i = 0; i < said.length; i++) {
      messages.add(
          i % 2 == 0 ? new Message.User(said[i]) : new Message.Assistant(said[i], "", List.of()));
    }
    return messages;
  }
}
