package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway with budgets that refuse. */
@Tag("endtoend")
@Timeout(60)
final class BudgetsTest {
  private static final int CLIENTS = 50;
  private static final Map<String, String> POOR = Map.of("x-ccproxy-client", "poor");
  private final Gate gate = new Gate();
  @TempDir Path folder;
  private Stack stack;

  @BeforeEach
  void open() {
    stack = start();
  }

  @AfterEach
  void close() {
    gate.open();
    stack.close();
  }

  private Stack start() {
    return Stack.start(
            Recipe.of(1, Recipe.instant().withSlots(CLIENTS))
                .with("records: {file: '%s'}".formatted(folder.resolve("records.db")))
                .with("budgets: [{client: poor, tokens: 1, per: day, hard: true}]")
                .with("queue: {length: 1000}"))
        .answer("x", Script.text("y"))
        .answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions |"
            + " \"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"",
        "/v1/completions | \"code\":\"insufficient_quota\"",
        "/v1/responses | \"code\":\"insufficient_quota\"",
        "/v1/messages | \"type\":\"rate_limit_error\"",
        "/api/chat | \"error\":\"You have used up the budget",
        "/api/generate | \"error\":\"You have used up the budget",
        "/v1/embeddings | \"code\":\"insufficient_quota\"",
      })
  void refusesInTheWordsOfEachFamily(String path, String words) throws IOException {
    spend();
    RawClient.Reply reply = post(path, body(path));

    assertThat(reply.status()).as(reply.body()).isEqualTo(429);
    assertThat(reply.body())
        .contains(words)
        .contains("You have used up the budget", "1 tokens per day", "it begins anew at 20");
    assertThat(reply.header("x-should-retry")).isEqualTo("false");
    assertThat(Long.parseLong(reply.header("retry-after"))).isBetween(1L, 86_400L);
    ExchangeEnded end = stack.nextEnd();
    assertThat(end.failure()).extracting(Failure::kind).isEqualTo(Failure.Kind.BUDGET_SPENT);
    assertThat(end.outcome().label()).isEqualTo("refused");
  }

  private static String body(String path) {
    return switch (path) {
      case "/v1/completions", "/api/generate" -> "{\"model\":\"m\",\"prompt\":\"x\"}";
      case "/v1/responses", "/v1/embeddings" -> "{\"model\":\"m\",\"input\":\"x\"}";
      case "/v1/messages" ->
          "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
      default -> Chat.whole("x");
    };
  }

  @Test
  void letsOthersGoOn() throws IOException {
    spend();

    assertThat(stack.ask(Chat.whole("x")).status()).isEqualTo(200);
  }

  /** Whoever began before it was used up may end; nobody begins afterwards. */
  @Test
  void isExceededByNoMoreThanWhatRan() throws IOException {
    List<RawClient> running = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      running.add(stack.client().post(Chat.PATH, Chat.whole("hold"), POOR));
    }
    stack.until(() -> stack.ollama(0).seen().requests("/api/chat") == CLIENTS);
    gate.open();
    for (RawClient one : running) {
      assertThat(one.reply().status()).isEqualTo(200);
      one.close();
    }
    for (int i = 0; i < CLIENTS; i++) {
      assertThat(post(Chat.PATH, Chat.whole("x")).status()).isEqualTo(429);
    }
    assertThat(stack.ollama(0).seen().requests("/api/chat")).isEqualTo(CLIENTS);
  }

  @Test
  void holdsOverARestart() throws IOException {
    spend();
    stack.close();
    stack = start();

    assertThat(post(Chat.PATH, Chat.whole("x")).status()).isEqualTo(429);
    assertThat(stack.ask(Chat.whole("x")).status()).isEqualTo(200);
    assertThat(stack.ollama(0).seen().requests("/api/chat")).isEqualTo(1);
  }

  private void spend() throws IOException {
    assertThat(post(Chat.PATH, Chat.whole("x")).status()).isEqualTo(200);
    stack.nextEnd();
  }

  private RawClient.Reply post(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body, POOR)) {
      return client.reply();
    }
  }
}
