package com.visiquate.ccproxy.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.ollama.NativeStreamGrammar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a real Ollama said is in the grammar that the gateway's answers are held to; and since the
 * simulator is held to the recordings, so is what it says.
 */
final class RecordedGrammarTest {
  private static final List<Path> ROOTS =
      List.of(
          Path.of("src/test/resources/recordings"), Path.of("src/test/resources/recordings-newer"));

  @Test
  void everyCompleteStreamOfARealOllamaIsInTheGrammar() throws IOException {
    int checked = 0;
    for (Path file : responses()) {
      Recording recording = Recording.parse(Files.readAllBytes(file));
      if (recording.contentType().equals("application/x-ndjson")
          && recording.chunks().getLast().isEmpty()) {
        byte[] stream = String.join("", recording.chunks()).getBytes(UTF_8);
        assertThat(NativeStreamGrammar.check(stream).heartbeats()).as(file.toString()).isZero();
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(50);
  }

  private static List<Path> responses() throws IOException {
    List<Path> responses = new ArrayList<>();
    for (Path root : ROOTS) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.endsWith("response.http")).sorted().forEach(responses::add);
      }
    }
    return responses;
  }
}
