package com.visiquate.ccproxy.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.models.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** OpenAI's own client validates what the golden folders say. */
final class OpenAiSdkTest {
  @Test
  void acceptsEveryWholeAnswer() throws IOException {
    int checked = 0;
    for (Path file : golden("response.json")) {
      String body = Files.readString(file);
      if (!body.contains("\"error\"")) {
        ObjectMappers.jsonMapper().readValue(body, ChatCompletion.class).validate();
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(10);
  }

  @Test
  void acceptsEveryChunk() throws IOException {
    int checked = 0;
    for (Path file : golden("response.sse")) {
      for (String data : Files.readString(file).split("(\n\n)?data: ", -1)) {
        // In chunks, its types know no free-text tools, which it accepts in whole answers.
        if (data.startsWith("{\"id\"") && !data.contains("\"type\":\"custom\"")) {
          ObjectMappers.jsonMapper().readValue(data, ChatCompletionChunk.class).validate();
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(100);
  }

  @Test
  void acceptsAModel() throws IOException {
    String body = new String(ModelsBody.one(new ModelsBody.Card("a:b", 1, 8)), UTF_8);

    ObjectMappers.jsonMapper().readValue(body, Model.class).validate();
  }

  private static List<Path> golden(String name) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden/openai"))) {
      return files.filter(file -> file.endsWith(name)).sorted().toList();
    }
  }
}
