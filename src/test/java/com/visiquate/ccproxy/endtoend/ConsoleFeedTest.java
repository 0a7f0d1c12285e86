package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.launch.top.EventStream;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The feed, as those hear it who watch. */
@Tag("endtoend")
final class ConsoleFeedTest {
  private final Gate gate = new Gate();
  private final Stack stack =
      Stack.start(Recipe.of(1, Recipe.instant()))
          .answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")));

  private final ConsoleClient browser = ConsoleClient.bare(stack);

  @AfterEach
  void close() {
    gate.open();
    stack.close();
  }

  /** One who watches. */
  private static final class Watcher implements AutoCloseable {
    private final RawClient client;
    private final RawClient.Reply head;
    private final EventStream stream = new EventStream();
    private final StringBuilder heard = new StringBuilder();

    Watcher(RawClient client) throws IOException {
      this.client = client;
      this.head = client.head();
    }

    /** Reads until the document is like that. */
    JsonNode until(Predicate<ObjectNode> holds) throws IOException {
      while (stream.document() == null || !holds.test(stream.document())) {
        String chunk = client.text();
        assertThat(chunk).as("the stream goes on").isNotEmpty();
        heard.append(chunk);
        chunk.lines().forEach(stream::read);
        stream.read("");
      }
      return stream.document();
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  @Test
  void tellsAllAndThenWhatChanges() throws IOException {
    try (Watcher watcher = watch("/ccproxy/events")) {
      assertThat(watcher.head.header("content-type")).isEqualTo("text/event-stream");
      assertThat(watcher.head.header("cache-control")).isEqualTo("no-store");
      watcher.until(seen -> seen.at("/backends/b0/state").asText().equals("up"));
      try (RawClient running = stack.asking(Chat.streamed("hold"))) {
        RawClient.Reply head = running.head();
        String id = head.header("x-request-id");
        watcher.until(seen -> seen.at("/backends/b0/slots/0/exchange").asText().equals(id));
        JsonNode spoken =
            watcher.until(seen -> seen.at("/backends/b0/slots/0/output_tokens").asInt() > 0);
        assertThat(spoken.at("/backends/b0/slots/0/phase").asText()).isEqualTo("output");
        stack.asking(Chat.whole("next"));
        watcher.until(seen -> seen.path("waiting").size() == 1);
        gate.open();
        running.rest(head);
      }
      watcher.until(seen -> seen.at("/totals/answered").asInt() == 2);
      assertThat(watcher.heard).containsOnlyOnce("event: snapshot").contains("event: change");
    }
  }

  @Test
  void goesOnWhereAViewerWas() throws IOException {
    String known;
    try (Watcher stays = watch("/ccproxy/events")) {
      try (Watcher first = watch("/ccproxy/events")) {
        first.until(seen -> true);
        known = first.stream.id();
      }
      stack.asking(Chat.streamed("hold")).head();
      stays.until(seen -> seen.at("/backends/b0/slots/0").has("exchange"));
    }
    try (RawClient again = browser.with("Last-Event-ID", known).open("/ccproxy/events")) {
      again.head();
      assertThat(event(again)).startsWith("id: ").contains("event: change", "exchange");
    }
    try (RawClient stranger = browser.with("Last-Event-ID", "x.1").open("/ccproxy/events")) {
      stranger.head();
      assertThat(event(stranger)).contains("event: snapshot");
    }
  }

  @Test
  void asksNobodyAnythingWhileNobodyWatches() throws IOException {
    Bus bus = Bus.of(stack.vertx());
    assertThat(bus.isHeard(Address.CONSOLE_FRAMES)).isFalse();
    try (Watcher watcher = watch("/ccproxy/events")) {
      watcher.until(seen -> true);
      assertThat(bus.isHeard(Address.CONSOLE_FRAMES)).isTrue();
    }
    stack.until(() -> !bus.isHeard(Address.CONSOLE_FRAMES));
  }

  @Test
  void isOneDocumentForScripts() throws IOException {
    RawClient.Reply reply = browser.get("/ccproxy/now");
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    JsonObject document = new JsonObject(reply.body());
    assertThat(document.getString("limit")).isEqualTo("Nothing waits and nothing runs.");
    assertThat(document.getJsonObject("backends").fieldNames()).containsExactly("b0");
    assertThat(reply.body()).doesNotContain("null");
  }

  @Test
  void endsWithTheGateway() throws IOException {
    try (Watcher watcher = watch("/ccproxy/events")) {
      watcher.until(seen -> true);
      Waits.done(stack.gateway().drain());
      assertThat(watcher.client.rest(watcher.head).properlyEnded()).isTrue();
    }
  }

  private Watcher watch(String path) throws IOException {
    return new Watcher(browser.open(path));
  }

  /** The first event after the greeting. */
  private static String event(RawClient client) throws IOException {
    String text = client.text();
    return text.startsWith("retry:") ? client.text() : text;
  }
}
