package com.visiquate.ccproxy.ollama;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Answers to everything but chats, as a real Ollama gave them. */
final class OtherRepliesTest {
  private static final Path RECORDINGS = Path.of("src/test/resources/recordings");
  private static final GenerateRequest GENERATE =
      GenerateRequest.continuing("text", "hi", Sampling.DEFAULT);

  @Test
  void readsAGeneratedTextAsARealOllamaStreamsIt() throws IOException {
    byte[] body = recorded("generate/stream");
    for (int size : List.of(1, 7, 100, 10_000)) {
      List<ChatEvent> events = events(new ReplyReader(GENERATE), body, size);
      assertThat(text(events)).isEqualTo("Hello there how can I help you today?");
      assertThat(events.getLast())
          .isEqualTo(
              new ChatEvent.Finished(
                  FinishReason.STOP,
                  new Counts(22, 0, 9, 281422301L, 29791324L, 51824743L, 7938993L)));
    }
  }

  @Test
  void readsAGeneratedTextInOnePiece() throws IOException {
    assertThat(text(events(new ReplyReader(GENERATE), recorded("generate/whole"), 50)))
        .isEqualTo("Hello there how can I help you today?");
    assertThat(text(events(new ReplyReader(GENERATE), recorded("generate/raw"), 50)))
        .isEqualTo("Hello there how can I help you today?");
  }

  @Test
  void readsEmbeddingsAsARealOllamaSendsThem() throws IOException {
    EmbedRequest request = new EmbedRequest("text", List.of("a", "bc", "def"), null, true);
    ReplyReader reader = new ReplyReader(request);

    List<ChatEvent> events = events(reader, recorded("embed/batch"), 333);

    assertThat(embeddings(events)).hasSize(3).allMatch(one -> one.size() == 512);
    assertThat(embeddings(events).getFirst().at(97)).isEqualTo(1f);
    ChatEvent.Finished end = (ChatEvent.Finished) events.getLast();
    assertThat(end.counts().promptTokens()).isPositive();
    assertThat(end.counts().promptNanos()).isPositive();
    assertThat(reader.end()).isEqualTo(new ReplyReader.End.Proper());
  }

  @Test
  void readsTheOldestEndpointToo() throws IOException {
    EmbedRequest request = new EmbedRequest("text", List.of("hi"), null, false);

    List<ChatEvent> events = events(new ReplyReader(request), recorded("embed/legacy"), 1);

    assertThat(embeddings(events)).hasSize(1);
    assertThat(events).endsWith(new ChatEvent.Finished(FinishReason.STOP, Counts.NONE));
  }

  @Test
  void keepsEveryNumberInSinglePrecision() {
    EmbedRequest request = new EmbedRequest("m", List.of("a"), null, true);
    String body = "{\"embeddings\":[[0.1,-1e-7,3,0.123456789012345678901234567890]]}";

    assertThat(embeddings(events(new ReplyReader(request), body.getBytes(UTF_8), 5)))
        .containsExactly(new Embedding(0.1f, -1e-7f, 3f, 0.12345679f));
  }

  @Test
  void neverTakesTooFewEmbeddingsForAllOfThem() {
    EmbedRequest two = new EmbedRequest("m", List.of("a", "b"), null, true);
    for (String body :
        List.of(
            "{\"embeddings\":[[1]]}",
            "{\"embeddings\":[[1],[]]}",
            "{\"embeddings\":[[1],[null]]}",
            "{\"embeddings\":[[1],[1e99]]}",
            "{\"embeddings\":[[1],7]}")) {
      ReplyReader reader = new ReplyReader(two);
      assertThat(events(reader, body.getBytes(UTF_8), 9)).isEmpty();
      assertThat(((ReplyReader.End.Broken) reader.end()).failure().kind())
          .isEqualTo(Failure.Kind.BACKEND_ERROR);
    }
  }

  @Test
  void anAnswerWithoutEmbeddingsIsNone() {
    ModelRequest request = new EmbedRequest("m", List.of("a"), null, true);
    for (String body : List.of("", "{}", "{\"embeddings\":null}", "{\"embeddings\":\"x\"}")) {
      ReplyReader reader = new ReplyReader(request);
      assertThat(events(reader, body.getBytes(UTF_8), 3)).isEmpty();
      assertThat(reader.end()).isInstanceOf(ReplyReader.End.Broken.class);
    }
  }

  private static List<ChatEvent> events(ReplyReader reader, byte[] body, int size) {
    List<ChatEvent> events = new ArrayList<>();
    for (int from = 0; from < body.length; from += size) {
      int to = Math.min(body.length, from + size);
      events.addAll(reader.read(Arrays.copyOfRange(body, from, to)));
    }
    return events;
  }

  private static String text(List<ChatEvent> events) {
    return events.stream()
        .map(event -> event instanceof ChatEvent.Text said ? said.text() : "")
        .collect(Collectors.joining());
  }

  private static List<Embedding> embeddings(List<ChatEvent> events) {
    return ((ChatEvent.Embedded) events.getFirst()).embeddings();
  }

  /** The body of a recorded response, its chunks joined. */
  private static byte[] recorded(String name) throws IOException {
    byte[] file = Files.readAllBytes(RECORDINGS.resolve(name).resolve("response.http"));
    String response = new String(file, ISO_8859_1);
    int head = response.indexOf("\r\n\r\n");
    String body = response.substring(head + 4);
    boolean chunked = response.substring(0, head).contains("chunked");
    return (chunked ? joined(body) : body).getBytes(ISO_8859_1);
  }

  private static String joined(String chunks) {
    StringBuilder body = new StringBuilder();
    int at = 0;
    while (at < chunks.length()) {
      int line = chunks.indexOf("\r\n", at);
      int size = Integer.parseInt(chunks.substring(at, line), 16);
      body.append(chunks, line + 2, line + 2 + size);
      at = line + 4 + size;
    }
    return body.toString();
  }
}
