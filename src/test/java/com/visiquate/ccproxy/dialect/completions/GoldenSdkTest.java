package com.visiquate.ccproxy.dialect.completions;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.ObjectMappers;
import com.openai.models.completions.Completion;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** OpenAI's own client validates what the golden folders of the older endpoints say. */
final class GoldenSdkTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @Test
  void acceptsEveryWholeCompletion() throws IOException {
    for (String body : answers("completions")) {
      ObjectMappers.jsonMapper().readValue(body, Completion.class).validate();
    }
  }

  @Test
  void acceptsEveryListOfEmbeddings() throws IOException {
    for (String body : answers("embeddings")) {
      ObjectMappers.jsonMapper().readValue(body, CreateEmbeddingResponse.class).validate();
    }
  }

  @Test
  void everyStreamKeepsTheGrammar() throws IOException {
    int checked = 0;
    for (Path file : files("completions", "response.sse")) {
      byte[] stream = Files.readAllBytes(file);
      boolean two = file.toString().contains("prompts-stream");
      CompletionStreamGrammar heard = CompletionStreamGrammar.check(stream, two ? 2 : 1);
      assertThat(heard.error() != null)
          .as("%s", file)
          .isEqualTo(file.toString().contains("/error-"));
      checked++;
    }
    assertThat(checked).isGreaterThan(8);
  }

  private static List<String> answers(String family) throws IOException {
    List<String> answers =
        files(family, "response.json").stream()
            .map(GoldenSdkTest::read)
            .filter(body -> !body.contains("\"error\""))
            .toList();
    assertThat(answers).hasSizeGreaterThan(6);
    return answers;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static List<Path> files(String family, String name) throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN.resolve(family))) {
      return files.filter(file -> file.endsWith(name)).sorted().toList();
    }
  }
}
