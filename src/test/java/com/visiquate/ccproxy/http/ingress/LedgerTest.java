package com.visiquate.ccproxy.http.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.bus.ExchangeEnded.Contents;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Waiting;
import com.visiquate.ccproxy.http.exchange.ExchangeFacts;
import com.visiquate.ccproxy.http.exchange.Report;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** The one line of a request in the access log. */
@Isolated
final class LedgerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final Vertx vertx = Vertx.vertx();
  private final Logger access = (Logger) LoggerFactory.getLogger("access");
  private final Level level = access.getLevel();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    access.setLevel(Level.INFO);
    lines.start();
    access.addAppender(lines);
  }

  @AfterEach
  void close() throws Exception {
    access.detachAppender(lines);
    access.setLevel(level);
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void namesTheModelThatAnsweredAndTheOneThatDidNot() {
    assertThat(line(new ModelName("fast")))
        .containsSubsequence("alias=coding", "instead_of=fast", "model=quality", "attempts=3");
  }

  @Test
  void namesOneModelWhereNoOtherWasMeant() {
    assertThat(line(null)).contains("model=quality").noneMatch(word -> word.startsWith("instead"));
  }

  private List<String> line(@Nullable ModelName insteadOf) {
    ExchangeId id = new ExchangeId("ledger-" + insteadOf);
    ExchangeFacts facts =
        new ExchangeFacts(
            id,
            Asked.plainly("/v1/chat/completions", "coding", new ClientId("me"), false, START),
            START.plusSeconds(9),
            Instant.MAX,
            Waiting.DEFAULT);
    Placement placement =
        new Placement(new BackendId("b"), new ModelName("quality"), 3, Duration.ZERO, insteadOf);
    new Ledger(Bus.of(vertx))
        .ended(
            facts,
            new Report(
                Outcome.COMPLETED,
                200,
                placement,
                null,
                Counts.NONE,
                Contents.NONE,
                null,
                List.of(),
                null,
                START.plusSeconds(1)));
    return lines.list.stream()
        .map(ILoggingEvent::getKeyValuePairs)
        .filter(pairs -> pairs.stream().anyMatch(pair -> id.equals(pair.value)))
        .flatMap(pairs -> pairs.stream().map(pair -> pair.key + "=" + pair.value))
        .toList();
  }
}
