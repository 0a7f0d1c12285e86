package com.visiquate.ccproxy.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever is said, in whatever order: the grammar holds and nothing is lost. */
final class RandomAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PIECES =
      List.of("a", " ", "\n\n", "<", "</", "</s", "</stop", "größer", "🌍", "\"\\", "\u0001");
  private static final String STOPS = "\"stop_sequences\":[\"</stop>\",\"<<\"]";
  private static final String HIDING =
      "\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}";

  @Test
  void everyInterleavingIsAValidStreamThatLosesNothing() {
    long seed = 20_261_121;
    System.out.println("seed " + seed);
    RandomGenerator random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      List<ChatEvent> events = events(random);
      Talk talk = Talk.streamed(random.nextBoolean() ? STOPS : "");
      for (ChatEvent event : events) {
        if (random.nextInt(4) == 0) {
          talk.beats();
        }
        talk.event(event);
      }
      check(events, talk.ends(FinishReason.STOP));
    }
  }

  @Test
  void everyCutOffStreamIsValidToo() {
    long seed = 20_261_122;
    System.out.println("seed " + seed);
    RandomGenerator random = new Random(seed);
    for (int round = 0; round < 1_000; round++) {
      Talk talk = Talk.streamed(random.nextBoolean() ? STOPS : HIDING);
      events(random).forEach(talk::event);
      String stream = talk.breaks(Failure.Kind.BACKEND_LOST);
      assertThat(MessagesStreamGrammar.complete(stream).errorType).isEqualTo("overloaded_error");
    }
  }

  @Test
  void aWholeAnswerHasTheSameBlocksAsItsStream() throws IOException {
    long seed = 20_261_123;
    System.out.println("seed " + seed);
    RandomGenerator random = new Random(seed);
    for (int round = 0; round < 1_000; round++) {
      String members = random.nextBoolean() ? STOPS : HIDING;
      Talk streamed = Talk.streamed(members);
      Talk whole = Talk.of(Talk.body(members));
      for (ChatEvent event : events(random)) {
        streamed.event(event);
        whole.event(event);
      }
      JsonNode message = JSON.readTree(whole.ends());
      assertThat(blocks(message))
          .isEqualTo(blocks(MessagesStreamGrammar.complete(streamed.ends())));
    }
  }

  private static void check(List<ChatEvent> events, String stream) {
    MessagesStreamGrammar told = MessagesStreamGrammar.complete(stream);
    String said = joined(events, ChatEvent.Text.class);
    if (told.stopSequence == null) {
      assertThat(told.text()).isEqualTo(said);
      assertThat(told.thinking()).isEqualTo(joined(events, ChatEvent.Thinking.class));
    } else {
      assertThat(said).startsWith(told.text() + told.stopSequence);
    }
  }

  private static String joined(List<ChatEvent> events, Class<? extends ChatEvent> kind) {
    return events.stream()
        .filter(kind::isInstance)
        .map(
            event ->
                switch (event) {
                  case ChatEvent.Text text -> text.text();
                  case ChatEvent.Thinking thinking -> thinking.text();
                  default -> "";
                })
        .collect(Collectors.joining());
  }

  private static List<ChatEvent> events(RandomGenerator random) {
    List<ChatEvent> events = new ArrayList<>();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      events.add(
          switch (random.nextInt(5)) {
            case 0 -> new ChatEvent.Thinking(piece);
            case 1 -> new ChatEvent.Call(new ToolCall("call_" + i, "f", new RawJson("{\"i\":1}")));
            default -> new ChatEvent.Text(piece);
          });
    }
    return events;
  }

  private static List<String> blocks(JsonNode message) {
    List<String> blocks = new ArrayList<>();
    for (JsonNode block : message.path("content")) {
      blocks.add(
          switch (block.path("type").asText()) {
            case "text" -> "text " + block.path("text").asText();
            case "thinking" ->
                "thinking " + block.path("thinking").asText() + block.path("signature").asText();
            default -> "tool_use " + block.path("id").asText() + block.path("input");
          });
    }
    return blocks;
  }

  private static List<String> blocks(MessagesStreamGrammar told) {
    return told.blocks.stream()
        .map(
            block ->
                switch (block.type()) {
                  case "text" -> "text " + block.text();
                  case "thinking" -> "thinking " + block.text() + block.signature();
                  default -> "tool_use " + block.id() + block.input();
                })
        .toList();
  }
}
