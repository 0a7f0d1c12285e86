package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traps of other gateways that show only on the wire; docs/traps.md has the list. */
@Tag("endtoend")
final class TrapsWireTest {
  private static final String EARLY = "waiting: {commit-after: 20ms, heartbeat: 20ms}";
  private final Gate gate = new Gate();
  private Stack stack =
      Stack.start(
          Recipe.of(1, Recipe.instant())
              .with("aliases: {claude-sonnet-5: m, \"claude-*\": m}")
              .with(EARLY));

  @AfterEach
  void close() {
    gate.open();
    stack.close();
  }

  /** A buffer anywhere on the way would keep the first piece until the gate opens. */
  @ParameterizedTest
  @CsvSource({"/v1/chat/completions", "/v1/messages", "/v1/responses"})
  void everyPieceIsSentBeforeTheNextIsMade(String path) throws IOException {
    stack.answer(
        "hold", Script.of(new Step.Text("first"), new Step.Hold(gate), new Step.Text("second")));
    try (RawClient client = stack.client().post(path, body(path, "hold", ",\"stream\":true"))) {
      RawClient.Reply head = client.head();
      StringBuilder seen = new StringBuilder();
      while (seen.indexOf("first") < 0) {
        seen.append(client.text());
      }
      assertThat(seen).doesNotContain("second");
      gate.open();
      assertThat(client.rest(head).body()).contains("second");
    }
    assertThat(stack.silentWaits()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"/v1/chat/completions", "/v1/messages", "/v1/responses"})
  void headersComeWhileAModelIsStillLoading(String path) throws IOException {
    stack.close();
    stack =
        Stack.start(
            Recipe.of(Recipe.instant().withModels(Recipe.able().withLoad(Duration.ofHours(1))))
                .with(EARLY));
    try (RawClient client = stack.client().post(path, body(path, "hi", ",\"stream\":true"))) {
      assertThat(client.head().status()).isEqualTo(200);
      assertThat(client.text()).isNotEmpty();
    }
  }

  @Test
  void clientsOfClaudeFindTheirNamesAmongTheModels() throws IOException {
    try (RawClient client = stack.client()) {
      client.send(
          "GET /v1/models?limit=1000 HTTP/1.1\r\nHost: x\r\nanthropic-version: 2023-06-01\r\n\r\n"
              .getBytes(US_ASCII));
      RawClient.Reply list = client.reply();
      assertThat(list.status()).isEqualTo(200);
      assertThat(list.body()).contains("\"id\":\"claude-sonnet-5\"", "\"type\":\"model\"");
    }
    assertThat(stack.read("/v1/models").body())
        .contains("\"id\":\"claude-sonnet-5\"", "\"object\":\"model\"", "\"models\":[]");
  }

  /** As long as it is not read, a client that leaves is not noticed by anybody. */
  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, ''",
    "/v1/chat/completions, ',\"stream\":true'",
    "/v1/messages, ''",
    "/v1/messages, ',\"stream\":true'",
    "/v1/responses, ''",
    "/v1/responses, ',\"stream\":true'"
  })
  void whoLeavesFreesTheSlotInEveryFamilyAndForm(String path, String more) throws IOException {
    stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
    try (RawClient client = stack.client().post(path, body(path, "hold", more))) {
      stack.untilSeen(0, seen -> seen.runningNow() == 1);
      client.reset();
    }
    stack.untilSeen(0, seen -> seen.runningNow() == 0);
    assertThat(stack.nextEnd().outcome().label()).isEqualTo("client_gone");
  }

  @Test
  void noHeaderOfAnotherGatewayAndNoLimitOfAPlanIsSent() throws IOException {
    stack.answer("hi", Script.text("Hello"));
    for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses")) {
      try (RawClient client = stack.client().post(path, body(path, "hi", ""), Map.of())) {
        assertThat(client.reply().headers().keySet())
            .noneMatch(name -> name.startsWith("anthropic-ratelimit-unified"))
            .noneMatch(name -> name.startsWith("x-litellm-") || name.startsWith("helicone-"));
      }
    }
  }

  private static String body(String path, String text, String more) {
    return switch (path) {
      case "/v1/responses" -> "{\"model\":\"m\",\"input\":\"%s\"%s}".formatted(text, more);
      default -> Chat.body(text, ",\"max_tokens\":9" + more);
    };
  }
}
