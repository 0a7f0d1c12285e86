package com.visiquate.ccproxy.http.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathsTest {
  @Test
  void spellsAnEndpointAsBaseUrlsDo() {
    assertThat(Paths.spellings("/messages"))
        .containsExactly(
            "/v1/messages",
            "/v1/messages/",
            "/messages",
            "/messages/",
            "/v1/v1/messages",
            "/v1/v1/messages/");
  }

  @ParameterizedTest
  @CsvSource({"//v1/messages, /v1/messages", "/v1//messages/, /v1/messages/", "/, /", "///, /"})
  void leavesOneSlashOfMany(String path, String single) {
    assertThat(Paths.single(path)).isEqualTo(single);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/messages, ANTHROPIC",
    "/messages/count_tokens, ANTHROPIC",
    "/v1/v1/messages/batches, ANTHROPIC",
    "//v1//messages, ANTHROPIC",
    "/api/event_logging/batch, ANTHROPIC",
    "/v1/messagesandmore, OPENAI_CHAT",
    "/v1/chat/completions, OPENAI_CHAT",
    "/v1/models, OPENAI_CHAT",
    "/, OPENAI_CHAT",
    "/api/chat, OLLAMA",
    "/apiary, OPENAI_CHAT"
  })
  void tellsFamiliesApart(String path, Family family) {
    assertThat(Paths.family(path)).isEqualTo(family);
  }
}
