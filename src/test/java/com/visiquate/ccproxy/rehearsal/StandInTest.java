package com.visiquate.ccproxy.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.Gateway;
import com.visiquate.ccproxy.config.Config;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.metrics.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rehearsal is worth something only when a gateway takes the stand-in for an Ollama. */
final class StandInTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void start() throws Exception {
    StandInVerticle ollama = new StandInVerticle();
    done(vertx.deployVerticle(ollama));
    port = done(Gateway.start(vertx, new Meters(), settings(ollama.port()))).port();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    done(vertx.close());
  }

  @Test
  void isGoodForAnAnswerOfEveryKind() throws Exception {
    List<Piece> pieces = Repertoire.pieces();
    for (int i = 0; i < pieces.size(); i++) {
      HttpResponse<String> answer = ask(pieces.get(i), i);

      assertThat(answer.statusCode()).as(pieces.get(i).path() + answer.body()).isEqualTo(200);
      assertThat(answer.body()).as(pieces.get(i).path()).contains(expected(pieces.get(i)));
    }
  }

  /** What only a complete answer has. */
  private static String expected(Piece piece) {
    boolean stream = piece.body().contains("\"stream\":true");
    boolean calls = piece.body().contains(StandIn.CALL) && !piece.body().contains(StandIn.FOUND);
    return switch (piece.path()) {
      case "/v1/chat/completions" ->
          calls ? "\"finish_reason\":\"tool_calls\"" : "\"finish_reason\":\"stop\"";
      case "/v1/messages" -> calls ? "\"stop_reason\":\"tool_use\"" : "\"end_turn\"";
      case "/v1/responses" -> stream ? "response.completed" : "\"status\":\"completed\"";
      case "/v1/completions" -> "[DONE]";
      case "/api/chat", "/api/generate" -> "\"done\":true";
      case "/v1/embeddings" -> "\"embedding\":[0.0125,-0.75";
      default -> "chat";
    };
  }

  private HttpResponse<String> ask(Piece piece, int number)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + piece.path()))
            .version(HttpClient.Version.HTTP_1_1);
    HttpRequest asked =
        piece.isPosted()
            ? request.POST(BodyPublishers.ofString(piece.body(number))).build()
            : request.build();
    return client.send(asked, BodyHandlers.ofString());
  }

  private static Settings settings(int ollama) {
    String text =
        """
        server: {port: 0}
        backends: [{id: b, url: "http://127.0.0.1:%d", resident-models: 2}]
        models:
          - {name: chat, ollama: %s, context: 32768, backends: [b]}
          - {name: embeddings, ollama: %s, context: 2048, backends: [b]}
        aliases: {"claude-*": chat}
        """
            .formatted(ollama, StandIn.CHAT_MODEL, StandIn.EMBEDDING_MODEL);
    return ((Valid) Config.parse("test", text, Map.of())).settings();
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
