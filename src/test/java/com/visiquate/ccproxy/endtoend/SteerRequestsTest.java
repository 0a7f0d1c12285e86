package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator does to requests, with the one slot taken. */
@Tag("endtoend")
final class SteerRequestsTest {
  private static final String TALK =
      "\"model\":\"m\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]";

  private final Gate gate = new Gate();
  private final Stack stack =
      Stack.start(Recipe.of(1, Recipe.instant()))
          .answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")))
          .answer("next", Script.text("n"));

  private final Console console = new Console(stack);
  private final List<RawClient> clients = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    gate.open();
    for (RawClient client : clients) {
      client.close();
    }
    stack.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions | \"code\":\"request_cancelled\"",
        "/v1/responses | \"code\":\"request_cancelled\"",
        "/v1/messages | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"",
        "/api/chat | {\"error\":\"An operator of the gateway has cancelled this request.",
      })
  void cancelsOneThatWaitsInTheWordsOfItsFamily(String path, String words) throws IOException {
    RawClient.Reply first = ask("/v1/chat/completions", "hold", "a0").head();
    RawClient waiting = ask(path, "next", "a1");
    String id = console.waiting("a1");
    assertThat(console.does("/requests/" + id + "/cancel")).contains(id, "waited for m");
    RawClient.Reply told = waiting.reply();
    assertThat(told.status()).isEqualTo(410);
    assertThat(told.body()).contains(words).contains("An operator of the gateway has cancelled");
    assertThat(told.header("x-should-retry")).isEqualTo("false");
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(first.status()).isEqualTo(200);
    assertThat(stack.chats()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions | \"code\":\"request_cancelled\"",
        "/v1/responses | response.failed",
        "/v1/messages | event: error",
        "/api/chat | {\"error\":\"An operator",
      })
  void cancelsOneThatRunsInTheWordsOfItsFamily(String path, String words) throws IOException {
    RawClient running = ask(path, "hold", "a0");
    RawClient.Reply head = running.head();
    assertThat(head.status()).isEqualTo(200);
    String id = console.running("b0");
    assertThat(console.does("/requests/" + id + "/cancel")).contains(id, "ran on m");
    assertThat(running.rest(head).body()).contains(words, "An operator of the gateway");
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CANCELLED);
    stack.untilSeen(0, seen -> seen.runningNow() == 0);
    console.until(seen -> seen.getJsonObject("totals").getInteger("cancelled") == 1);
    // Its slot is free for the next.
    assertThat(stack.ask(Chat.whole("next")).status()).isEqualTo(200);
  }

  @Test
  void cancelsAWholeAnswerWithAStatus() throws IOException {
    RawClient running = stack.asking(Chat.whole("hold"));
    clients.add(running);
    String id = console.running("b0");
    console.does("/requests/" + id + "/cancel");
    assertThat(running.reply().status()).isEqualTo(410);
    ExchangeEnded end = stack.nextEnd();
    assertThat(end.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(end.placement()).as("where it ran").isNotNull();
  }

  @Test
  void doesNotGoOnForWhoSendsItAgain() throws IOException {
    RawClient running = ask(Chat.PATH, "hold", "a0");
    running.head();
    console.does("/requests/" + console.running("b0") + "/cancel");
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CANCELLED);
    ask(Chat.PATH, "hold", "a0").head();
    assertThat(stack.chats()).isEqualTo(2);
  }

  @Test
  void changesTheClassOfOneThatWaits() throws IOException {
    ask(Chat.PATH, "hold", "a0").head();
    RawClient first = ask(Chat.PATH, "next", "a1");
    String before = console.waiting("a1");
    RawClient second = ask(Chat.PATH, "next", "a2");
    String id = console.waiting("a2");
    JsonObject body = new JsonObject().put("class", "interactive");
    assertThat(console.does("/requests/" + id + "/class", body)).contains("as interactive");
    JsonObject seen = console.now().getJsonObject("waiting");
    assertThat(seen.getJsonObject(id).getString("class")).isEqualTo("interactive");
    assertThat(seen.getJsonObject(id).getLong("rank"))
        .isLessThan(seen.getJsonObject(before).getLong("rank"));
    stack.untilMetric("ccproxy_queue_waiting{class=\"interactive\",model=\"m\"} 1.0");
    gate.open();
    assertThat(second.reply().status()).isEqualTo(200);
    assertThat(first.reply().status()).isEqualTo(200);
    List<String> order = List.of(end(), end(), end());
    assertThat(order).containsExactly("a0", "a2", "a1");
  }

  @Test
  void stopsAllOfAClientAndNobodyElse() throws IOException {
    RawClient running = ask(Chat.PATH, "hold", "bad/one");
    running.head();
    RawClient waiting = ask(Chat.PATH, "next", "bad/one");
    RawClient other = ask(Chat.PATH, "next", "good");
    console.until(seen -> seen.getJsonObject("waiting").size() == 2);
    assertThat(console.does("/clients/bad%2Fone/stop")).contains("all 2 requests", "bad/one");
    assertThat(waiting.reply().status()).isEqualTo(410);
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(other.reply().status()).isEqualTo(200);
  }

  @Test
  void saysWhyItCannot() throws IOException {
    ask(Chat.PATH, "hold", "a0").head();
    String id = console.running("b0");
    JsonObject normal = new JsonObject().put("class", "normal");
    JsonObject none = new JsonObject();
    assertThat(console.cannot(409, "/requests/" + id + "/class", normal)).contains("runs already");
    assertThat(console.cannot(400, "/requests/" + id + "/class", none)).contains("interactive");
    assertThat(console.cannot(404, "/requests/nobody/cancel", none)).contains("No request");
    assertThat(console.cannot(404, "/clients/nobody/stop", none)).contains("nobody");
  }

  private String end() {
    return stack.nextEnd().client().value();
  }

  private RawClient ask(String path, String question, String client) throws IOException {
    boolean streamed = question.equals("hold");
    String body =
        path.equals("/v1/responses")
            ? "\"model\":\"m\",\"stream\":%s,\"input\":\"%s\"".formatted(streamed, question)
            : TALK.formatted(streamed, question);
    String more = path.equals("/v1/messages") ? ",\"max_tokens\":64" : "";
    RawClient asking =
        stack.client().post(path, "{" + body + more + "}", Map.of("x-ccproxy-client", client));
    clients.add(asking);
    return asking;
  }
}
