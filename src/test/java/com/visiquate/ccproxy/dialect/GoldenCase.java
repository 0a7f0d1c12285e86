package com.visiquate.ccproxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.ollama.ChatBody;
import com.visiquate.ccproxy.ollama.Errors;
import com.visiquate.ccproxy.ollama.ReplyReader;
import com.visiquate.ccproxy.ollama.RequestBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One golden folder: {@code request.json}, then {@code ollama-request.json} unless the request is
 * refused, then {@code ollama-reply.ndjson} or {@code ollama-refusal.json}, then {@code
 * response.sse}, {@code response.ndjson} or {@code response.json}; {@code why.md} says what it
 * shows.
 */
final class GoldenCase {
  private static final Identity IDENTITY = new Identity("0123456789abcdef", 1_790_000_000, "coder");
  private static final Set<String> EVERYTHING =
      Set.of("completion", "tools", "thinking", "vision", "insert", "embedding");

  private final Path folder;
  private final Dialect dialect;

  GoldenCase(Path folder, Dialect dialect) {
    this.folder = folder;
    this.dialect = dialect;
  }

  void asks() throws IOException {
    if (dialect.decode(read("request.json")) instanceof Decoded.Understood understood
        && encode(understood) instanceof ChatBody.Encoded.Body body) {
      assertSame("ollama-request.json", body.bytes());
    }
  }

  void answers() throws IOException {
    switch (dialect.decode(read("request.json"))) {
      case Decoded.Misunderstood not -> assertSame("response.json", error(not.failure()));
      case Decoded.Understood understood -> answers(understood);
    }
  }

  void hasItsFiles() throws IOException {
    Set<String> files = new TreeSet<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.forEach(path -> files.add(path.getFileName().toString()));
    }
    assertThat(files).isEqualTo(new TreeSet<>(needed()));
    assertThat(Files.readString(folder.resolve("why.md"))).isNotBlank();
  }

  private List<String> needed() throws IOException {
    if (!(dialect.decode(read("request.json")) instanceof Decoded.Understood understood)
        || encode(understood) instanceof ChatBody.Encoded.Unfit) {
      return List.of("why.md", "request.json", "response.json");
    }
    boolean refused = exists("ollama-refusal.json");
    return List.of(
        "why.md",
        "request.json",
        "ollama-request.json",
        refused ? "ollama-refusal.json" : "ollama-reply.ndjson",
        understood.stream() && !refused ? stream() : "response.json");
  }

  private void answers(Decoded.Understood understood) throws IOException {
    if (encode(understood) instanceof ChatBody.Encoded.Unfit unfit) {
      assertSame("response.json", error(unfit.failure()));
      return;
    }
    if (exists("ollama-refusal.json")) {
      JsonNode refusal = JsonMapper.builder().build().readTree(read("ollama-refusal.json"));
      byte[] body = refusal.get("body").toString().getBytes(UTF_8);
      Failure failure = Errors.refused(refusal.get("status").asInt(), body, spec(understood));
      assertSame("response.json", error(failure));
      return;
    }
    byte[] reply = read("ollama-reply.ndjson");
    for (List<byte[]> reads : List.of(List.of(reply), lines(reply), octets(reply))) {
      assertSame(understood.stream() ? stream() : "response.json", answer(understood, reads));
    }
  }

  private String stream() {
    return dialect.family() == Family.OLLAMA ? "response.ndjson" : "response.sse";
  }

  private byte[] answer(Decoded.Understood understood, List<byte[]> reads) {
    ReplyReader reader = new ReplyReader(understood.parts().getFirst());
    Answer answer = dialect.answer(understood, IDENTITY);
    ByteSink out = new ByteSink();
    for (byte[] read : reads) {
      for (ChatEvent event : reader.read(read)) {
        answer.said(event, out);
      }
    }
    if (reader.end() instanceof ReplyReader.End.Broken broken) {
      answer.broke(broken.failure(), out);
    }
    return out.take();
  }

  private byte[] error(Failure failure) {
    return dialect.error(failure, "req_0123456789abcdef");
  }

  private static ChatBody.Encoded encode(Decoded.Understood understood) {
    boolean plain = understood.model().equals("plain");
    InstalledModel installed =
        new InstalledModel("qwen3-coder:30b", "d1", plain ? Set.of("completion") : EVERYTHING);
    return RequestBody.encode(spec(understood), installed, understood.parts().getFirst());
  }

  private static ModelSpec spec(Decoded.Understood understood) {
    return new ModelSpec(
        new ModelName(understood.model()),
        "qwen3-coder:30b",
        32768,
        List.of(new BackendId("a")),
        true,
        "-1",
        Map.of("num_batch", 512));
  }

  private static List<byte[]> lines(byte[] reply) {
    return new String(reply, UTF_8)
        .lines()
        .map(line -> (line + "\n").getBytes(UTF_8))
        .collect(Collectors.toList());
  }

  private static List<byte[]> octets(byte[] reply) {
    return Stream.iterate(0, at -> at < reply.length, at -> at + 1)
        .map(at -> Arrays.copyOfRange(reply, at, at + 1))
        .collect(Collectors.toList());
  }

  private void assertSame(String file, byte[] actual) throws IOException {
    String text = new String(actual, UTF_8);
    boolean json = file.endsWith(".json");
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(folder.resolve(file), json ? GoldenJson.pretty(text) : text);
    }
    String expected = new String(read(file), UTF_8);
    assertThat(text).isEqualTo(json ? GoldenJson.compact(expected) : expected);
  }

  private boolean exists(String file) {
    return Files.exists(folder.resolve(file));
  }

  private byte[] read(String file) throws IOException {
    return Files.readAllBytes(folder.resolve(file));
  }
}
