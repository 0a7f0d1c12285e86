package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What the log's line of a request says of what was not honoured, or not let in. */
@Tag("endtoend")
@Isolated
final class RequestLineTest {
  private static final String TALK = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
  private static final Map<String, String> BODIES =
      Map.of(
          "/v1/chat/completions",
          TALK,
          "/v1/completions",
          "\"prompt\":\"x\"",
          "/v1/messages",
          "\"max_tokens\":9," + TALK,
          "/v1/responses",
          "\"input\":\"x\"",
          "/api/chat",
          TALK,
          "/api/generate",
          "\"prompt\":\"x\"");
  private final Logger access = (Logger) LoggerFactory.getLogger("access");
  private final Level level = access.getLevel();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Stack stack = Stack.start(Recipe.of(Recipe.instant()).with("aliases: {coding: m}"));

  @BeforeEach
  void listen() {
    access.setLevel(Level.INFO);
    lines.start();
    access.addAppender(lines);
  }

  @AfterEach
  void close() {
    stack.close();
    access.detachAppender(lines);
    access.setLevel(level);
  }

  @Test
  void namesWhatWasDroppedInEveryDialect() throws IOException {
    for (String path : BODIES.keySet()) {
      assertThat(line(path, "\"surprise\":1,\"odd\\nname\":2," + BODIES.get(path)))
          .as(path)
          .contains("alias=coding", "dropped=surprise,odd_name");
    }
    assertThat(stack.metrics()).contains("field=\"surprise\"").contains("field=\"other\"");
  }

  @Test
  void saysOfARefusedRequestWhichModelWhyAndWhere() throws IOException {
    for (String path : BODIES.keySet()) {
      assertThat(line(path, BODIES.get(path) + ",\"stream\":7"))
          .as(path)
          .contains("alias=coding", "outcome=refused", "status=400")
          .contains("code=invalid_type", "field=stream");
    }
  }

  @Test
  void noLabelHoldsAnIndexOrMoreThanSomeNames() throws IOException {
    line("/v1/responses", "\"tools\":[{\"type\":\"web_search\"}]," + BODIES.get("/v1/responses"));
    for (int i = 0; i < 90; i++) {
      line("/v1/chat/completions", "\"field_" + i + "\":1," + TALK);
    }
    List<String> labels =
        stack.metrics().lines().filter(line -> line.startsWith("ccproxy_dropped_fields")).toList();
    assertThat(labels).hasSizeLessThan(140).noneMatch(line -> line.matches(".*\\[\\d+].*"));
    assertThat(labels).anyMatch(line -> line.contains("field=\"tools[].web_search\""));
  }

  private List<String> line(String path, String body) throws IOException {
    lines.list.clear();
    try (RawClient client = stack.client().post(path, "{\"model\":\"coding\"," + body + "}")) {
      client.reply();
    }
    stack.nextEnd();
    return lines.list.getLast().getKeyValuePairs().stream()
        .map(pair -> pair.key + "=" + pair.value)
        .toList();
  }
}
