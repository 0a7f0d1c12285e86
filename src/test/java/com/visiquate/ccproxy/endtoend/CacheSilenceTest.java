package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What is asked and answered is in the cache, and nowhere that others look. */
@Tag("endtoend")
@Isolated
@Timeout(60)
final class CacheSilenceTest {
  private static final String ASKED = "marzipan";
  private static final String SAID = "quince";
  private static final List<Logger> LOGGERS =
      Stream.of("com.visiquate.ccproxy", "access")
          .map(name -> (Logger) LoggerFactory.getLogger(name))
          .toList();

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Gate gate = new Gate();
  private final Stack stack =
      Stack.start(
              Recipe.of(2, Recipe.instant())
                  // Nobody is there, so that it also has something to say of that.
                  .with("cache: {ttl: 5m, redis: 'redis://127.0.0.1:9'}"))
          .answer(ASKED, Script.of(new Step.Hold(gate), new Step.Text(SAID)));

  CacheSilenceTest() {
    logged.start();
    for (Logger logger : LOGGERS) {
      logger.setLevel(Level.TRACE);
      logger.addAppender(logged);
    }
  }

  @AfterEach
  void close() {
    gate.open();
    stack.close();
    for (Logger logger : LOGGERS) {
      logger.detachAppender(logged);
      logger.setLevel(null);
    }
  }

  @Test
  void neitherKeysNorLogsNorMetricsHaveAWordOfIt() throws IOException {
    String body = Chat.body(ASKED, ",\"temperature\":0");
    try (RawClient leads = stack.asking(body);
        RawClient joins = stack.asking(body)) {
      stack.untilMetric("ccproxy_cache_requests_total{reason=\"running\",use=\"joined\"} 1.0");
      gate.open();
      assertThat(leads.reply().body()).contains(SAID);
      assertThat(joins.reply().body()).contains(SAID);
    }
    RawClient.Reply hit = stack.ask(body);
    assertThat(hit.header("x-ccproxy-cache")).isEqualTo("hit");
    assertThat(hit.header("x-litellm-cache-key")).matches(":m:[0-9a-f]{64}");
    assertThat(hit.headers().toString()).doesNotContain(ASKED, SAID);
    for (String path : List.of("/metrics", "/health", "/ccproxy/cache", "/ccproxy/queue")) {
      assertThat(stack.read(path).body()).as(path).isNotEmpty().doesNotContain(ASKED, SAID);
    }
    for (int i = 0; i < 3; i++) {
      stack.ask(Chat.body(ASKED, ",\"temperature\":0,\"seed\":" + i));
    }
    stack.until(() -> lines().contains("the cache is not shared"));
    assertThat(lines()).doesNotContain(ASKED, SAID);
  }

  private String lines() {
    return List.copyOf(logged.list).stream()
        .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
        .collect(Collectors.joining("\n"));
  }
}
