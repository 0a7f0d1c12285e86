package com.visiquate.ccproxy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every action by a real click, and what becomes of it. */
@Timeout(180)
final class ActionsTest {
  private static final List<Ollamas> OLLAMAS = new ArrayList<>();
  private static Gateway gateway;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    for (int slots : new int[] {2, 2, 1}) {
      OLLAMAS.add(Ollamas.start(slots));
    }
    gateway = Gateway.with("actions", Ollamas.configuration(OLLAMAS, ""));
    gateway.await(
        "/ccproxy/models", answer -> model(answer, "qwen-fast").path("loaded_on").size() == 2);
    chromium = new Chromium().theme("light");
  }

  @BeforeEach
  void open() {
    chromium.open(gateway.console("now"));
    chromium.shows(".lane");
  }

  @AfterEach
  void quiet() throws Exception {
    for (String client :
        List.of("runner", "waiter", "blocker", "first", "second", "busybody", "somebody")) {
      gateway.act("/ccproxy/clients/" + client + "/stop");
    }
    gateway.await("/ccproxy/now", answer -> answer.path("waiting").isEmpty());
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
    gateway.close();
    for (Ollamas ollama : OLLAMAS) {
      ollama.close();
    }
  }

  @Test
  void cancelsWhatRunsAndWhatWaits() throws Exception {
    CompletableFuture<HttpResponse<String>> running =
        Chat.lasting(gateway.url(), "runner", "qwen-quality");
    chromium.shows(".lane", "runner");
    CompletableFuture<HttpResponse<String>> waiting =
        Chat.lasting(gateway.url(), "waiter", "qwen-quality");
    chromium.shows(".room [role=row]", "waiter");

    act(".room [role=row] button", "waiter", "Cancel the request");
    assertThat(waiting.get(30, TimeUnit.SECONDS).body()).contains("error").contains("cancel");
    assertThat(running.isDone()).isFalse();

    act(".lane button", "runner", "Cancel the request");
    assertThat(running.get(30, TimeUnit.SECONDS).body()).contains("error").contains("cancel");
    gateway.await(
        "/ccproxy/requests?outcome=cancelled&client=runner",
        answer -> answer.path("requests").size() == 1);
    gateway.await(
        "/ccproxy/requests?outcome=cancelled&client=waiter",
        answer -> answer.path("requests").size() == 1);
    assertThat(gateway.logged("cancel", "runner")).isTrue();
  }

  @Test
  void changesTheClassOfWhoWaits() throws Exception {
    Chat.lasting(gateway.url(), "blocker", "qwen-quality");
    chromium.shows(".lane", "blocker");
    Chat.lasting(gateway.url(), "first", "qwen-quality");
    chromium.shows(".room [role=row]", "first");
    Chat.lasting(gateway.url(), "second", "qwen-quality");
    chromium.shows(".room [role=row]", "second");

    act(".room [role=row] button", "second", "Raise to interactive");

    chromium.shows(".room [role=row][aria-rowindex='2']", "second");
    chromium.shows(".room [role=row][aria-rowindex='2']", "interactive");
  }

  @Test
  void drainsAndReturnsABackend() throws Exception {
    actOn("fast-1", "Drain");
    chromium.shows("[aria-labelledby=backend-fast-1] .badge", "drained");
    for (int i = 0; i < 4; i++) {
      assertThat(
              Chat.brief(gateway.url(), "client-" + i, "qwen-fast")
                  .headers()
                  .firstValue("x-ccproxy-backend"))
          .hasValue("fast-2");
    }
    actOn("fast-1", "Return to work");
    chromium.shows("[aria-labelledby=backend-fast-1] .badge", "up");
    assertThat(gateway.logged("drain", "fast-1")).isTrue();
  }

  @Test
  void holdsABackendBack() throws Exception {
    actOn("fast-2", "Hold back for 5 minutes");
    chromium.shows("[aria-labelledby=backend-fast-2] .badge", "held back");
    assertThat(
            Chat.brief(gateway.url(), "client", "qwen-fast")
                .headers()
                .firstValue("x-ccproxy-backend"))
        .hasValue("fast-1");
    actOn("fast-2", "Return to work");
    chromium.shows("[aria-labelledby=backend-fast-2] .badge", "up");
  }

  @Test
  void unloadsAndWarmsAModel() throws Exception {
    Chat.brief(gateway.url(), "client", "qwen-quality");
    chromium.shows("[aria-labelledby=backend-quality] .loaded", "qwen-quality");
    actOn("quality", "Unload qwen-quality");
    chromium.shows("[aria-labelledby=backend-quality] .loaded", "no model loaded");
    actOn("quality", "Warm qwen-quality");
    chromium.shows("[aria-labelledby=backend-quality] .loaded", "qwen-quality");
  }

  @Test
  void stopsAllWorkOfAClient() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      asked.add(Chat.lasting(gateway.url(), "busybody", "qwen-quality"));
    }
    CompletableFuture<HttpResponse<String>> other =
        Chat.lasting(gateway.url(), "somebody", "qwen-fast");
    chromium.shows(".room [role=row]", "busybody");
    chromium.shows(".lane", "somebody");

    act(".lane button", "busybody", "Stop all work of busybody");

    for (CompletableFuture<HttpResponse<String>> each : asked) {
      assertThat(each.get(30, TimeUnit.SECONDS).body()).contains("cancel");
    }
    assertThat(other.isDone()).isFalse();
  }

  @Test
  void doesNothingWhenOneThinksBetterOfIt() {
    chromium.click("[aria-labelledby=backend-fast-1] header button");
    chromium.click("[role=menuitem]", "Drain");
    chromium.click("dialog button", "Keep as it is");
    chromium.goes("dialog");
    assertThat(chromium.shows("[aria-labelledby=backend-fast-1] .badge").getText()).isEqualTo("up");
  }

  private void actOn(String backend, String item) {
    act("[aria-labelledby=backend-" + backend + "] header button", "", item);
  }

  /** Opens a menu, chooses, and says yes; what was done is told. */
  private void act(String button, String label, String item) {
    chromium.click(button, label);
    chromium.click("[role=menuitem]", item);
    chromium.click("dialog button[type=submit]");
    chromium.goes("dialog");
    chromium.shows(".toast");
    chromium.click(".toast button");
    chromium.goes(".toast");
  }

  static JsonNode model(JsonNode answer, String id) {
    for (JsonNode model : answer.path("models")) {
      if (model.path("id").asText().equals(id)) {
        return model;
      }
    }
    return answer.path("nothing");
  }
}
