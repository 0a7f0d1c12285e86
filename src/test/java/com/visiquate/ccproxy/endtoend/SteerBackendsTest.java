package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator does to backends. */
@Tag("endtoend")
final class SteerBackendsTest {
  private static final JsonObject MODEL = new JsonObject().put("model", "m");
  private final Gate gate = new Gate();
  private final Stack stack =
      Stack.start(Recipe.of(2, Recipe.instant()))
          .answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")))
          .answer("next", Script.text("n"));

  private final Console console = new Console(stack);

  @AfterEach
  void close() {
    gate.open();
    stack.close();
  }

  @Test
  void drainsOneSoThatWhatRunsEndsAndNothingNewComes() throws IOException {
    try (RawClient running = stack.asking(Chat.streamed("hold"))) {
      RawClient.Reply head = running.head();
      String drained = head.header("x-ccproxy-backend");
      String other = drained.equals("b0") ? "b1" : "b0";
      assertThat(console.does("/backends/" + drained + "/drain"))
          .contains(drained, "until it is returned", "1 running");
      assertThat(console.backend(drained).getString("drained")).isNotEmpty();
      for (int i = 0; i < 3; i++) {
        assertThat(stack.ask(Chat.whole("next")).header("x-ccproxy-backend")).isEqualTo(other);
      }
      gate.open();
      assertThat(running.rest(head).body()).endsWith(Chat.DONE);
      console.until(seen -> !seen.encode().contains("\"exchange\""));
      assertThat(stack.ask(Chat.whole("next")).header("x-ccproxy-backend")).isEqualTo(other);
      console.does("/backends/" + other + "/drain");
      console.does("/backends/" + drained + "/return");
      assertThat(console.backend(drained).containsKey("drained")).isFalse();
      assertThat(stack.ask(Chat.whole("next")).header("x-ccproxy-backend")).isEqualTo(drained);
    }
  }

  @Test
  void letsThemWaitWhileAllAreHeldBack() throws IOException {
    JsonObject hour = new JsonObject().put("seconds", 3_600);
    assertThat(console.does("/backends/b0/hold", hour)).contains("b0", "3600 s");
    console.does("/backends/b1/hold", hour);
    try (RawClient client = stack.asking(Chat.whole("next"))) {
      console.until(seen -> seen.getJsonObject("waiting").size() == 1);
      JsonObject now = console.now();
      assertThat(now.getString("limit")).startsWith("No backend takes work: b0 is held back by");
      assertThat(now.getJsonObject("waiting").encode()).contains("\"why\":\"b0 is held back");
      assertThat(client.hasSaidAnything()).isFalse();
      console.does("/backends/b1/return");
      assertThat(client.reply().header("x-ccproxy-backend")).isEqualTo("b1");
    }
  }

  @Test
  void givesWorkAgainWhenTheTimeIsOver() throws IOException {
    console.does("/backends/b1/drain");
    console.does("/backends/b0/hold", new JsonObject().put("seconds", 1));
    // Whoever waits goes on by himself.
    assertThat(stack.ask(Chat.whole("next")).header("x-ccproxy-backend")).isEqualTo("b0");
    console.until(seen -> !seen.encode().contains("held_until"));
  }

  @Test
  void loadsAModelAndTakesItOutAgain() throws IOException {
    assertThat(console.does("/backends/b0/warm", MODEL)).contains("b0 has m in memory");
    console.until(seen -> isLoaded(seen, "b0"));
    assertThat(stack.ollama(0).seen().requests("/api/chat")).isPositive();
    assertThat(console.does("/backends/b0/unload", MODEL)).contains("m in memory no more");
    console.until(seen -> !isLoaded(seen, "b0"));
  }

  @Test
  void takesNoModelFromUnderARequest() throws IOException {
    try (RawClient running = stack.asking(Chat.streamed("hold"))) {
      String id = running.head().header("x-ccproxy-backend");
      assertThat(console.cannot(409, "/backends/" + id + "/unload", MODEL))
          .contains("runs requests");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/backends/b9/drain, 404, There is no backend b9.",
    "/backends/b9/warm, 404, There is no backend b9.",
    "/backends/b0/hold, 400, seconds must be a number",
    "/backends/b0/unload, 404, n is not configured on b0.",
  })
  void saysWhyItCannot(String path, int status, String why) throws IOException {
    JsonObject body = new JsonObject().put("model", "n").put("seconds", 0);
    assertThat(console.cannot(status, path, body)).contains(why);
    assertThat(console.cannot(400, "/backends/b0/warm", new JsonObject())).contains("model");
  }

  private static boolean isLoaded(JsonObject seen, String backend) {
    return seen.getJsonObject("backends")
        .getJsonObject(backend)
        .getJsonObject("models_loaded")
        .containsKey("m");
  }
}
