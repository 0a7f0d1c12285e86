package com.visiquate.ccproxy.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.ObjectMappers;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** OpenAI's own client validates what the golden folders say. */
final class ResponsesSdkTest {
  /**
   * Codex reads this code; the SDK knows no list with it, and minds only where it is to validate.
   */
  private static final String UNLISTED = "context_length_exceeded";

  @Test
  void acceptsEveryWholeAnswer() throws IOException {
    int checked = 0;
    for (Path file : golden("response.json")) {
      String body = Files.readString(file);
      if (body.contains("\"object\" : \"response\"")) {
        ObjectMappers.jsonMapper().readValue(body, Response.class).validate();
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(8);
  }

  @Test
  void acceptsEveryEvent() throws IOException {
    int checked = 0;
    for (Path file : golden("response.sse")) {
      for (String data : events(Files.readString(file))) {
        String known = data.replace(UNLISTED, "server_error");
        ObjectMappers.jsonMapper().readValue(known, ResponseStreamEvent.class).validate();
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(300);
  }

  @Test
  void everyGoldenStreamFollowsTheGrammar() throws IOException {
    for (Path file : golden("response.sse")) {
      ResponsesStreamGrammar.check(Files.readString(file));
    }
  }

  @Test
  void buildsTheSameResponseFromTheEvents() throws IOException {
    for (Path file : golden("response.sse")) {
      assertRebuilt(Files.readString(file));
    }
  }

  @Test
  void isNotConfusedByHeartbeats() throws IOException {
    Talk talk = Talk.streamed("\"tools\":[{\"name\":\"f\"}]").beats().beats().thinks("Hm").beats();
    talk.says("A").beats().says("B").beats().calls("call_1", "f", "{}").beats().beats();
    talk.calls("call_2", "f", "{}").beats().says("C").beats();

    assertRebuilt(talk.ends());
  }

  private static void assertRebuilt(String stream) throws IOException {
    ResponseAccumulator accumulator = ResponseAccumulator.createWithSnapshots();
    for (String data : events(stream)) {
      accumulator.accumulate(ObjectMappers.jsonMapper().readValue(data, ResponseStreamEvent.class));
    }
    if (!stream.contains("event: response.failed")) {
      assertThat(accumulator.reconstructedResponse().output())
          .isEqualTo(accumulator.response().output());
    }
  }

  private static List<String> events(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring(6))
        .toList();
  }

  private static List<Path> golden(String name) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden/responses"))) {
      return files.filter(file -> file.endsWith(name)).sorted().toList();
    }
  }
}
