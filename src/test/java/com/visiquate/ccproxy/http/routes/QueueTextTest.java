package com.visiquate.ccproxy.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.fleet.QueueReport.Phase;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code /ccproxy/queue} shows. */
final class QueueTextTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final ModelName FAST = new ModelName("fast");

  private final QueueReport report =
      new QueueReport(
          AT,
          List.of(
              new QueueReport.Model(
                  FAST,
                  Map.of(Priority.NORMAL, 121),
                  seconds(90),
                  List.of(
                      new QueueReport.Waiting(
                          request("x3", "agent-3"), 1, Duration.ofSeconds(75), seconds(4))))),
          List.of(
              new QueueReport.Backend(
                  new BackendId("b1"),
                  "mac",
                  Health.UP,
                  2,
                  List.of(
                      new QueueReport.Taken(
                          request("x1", "key-0123456789ab"), Phase.ANSWER, seconds(12), seconds(3)),
                      new QueueReport.Taken(
                          request("x2", "a".repeat(40)), Phase.GHOST, seconds(3_725), seconds(0))),
                  List.of()),
              new QueueReport.Backend(
                  new BackendId("b2"),
                  "mac",
                  Health.UP,
                  1,
                  List.of(),
                  List.of(new QueueReport.Held(FAST, new ClientId("agent-7"), AT.plusSeconds(9)))),
              new QueueReport.Backend(
                  new BackendId("b3"), "mac", Health.DOWN, 1, List.of(), List.of())));

  @Test
  void isATableForATerminal() {
    assertThat(QueueText.of(report))
        .isEqualTo(
            """
            ccproxy  2026-01-01T00:00:00Z  2 running, 121 waiting, 1 slots held

            BACKEND  STATE  SLOTS  WORK    MODEL  CLASS   CLIENT                        FOR    LEFT
            b1       up     2/2    answer  fast   normal  key-0123456789ab              12s    3s
                                   ghost   fast   normal  aaaaaaaaaaaaaaaaaaaaaaaaaaa…  1h02m  0s
            b2       up     0/1    held    fast           agent-7                              9s
            b3       down   0/1

            PLACE  MODEL  CLASS   CLIENT   WAITED  STARTS IN  REQUEST
            1      fast   normal  agent-3  1m15s   4s         x3
            … and 120 more wait for fast
            """);
  }

  @Test
  void isJsonForPrograms() {
    JsonObject json = new JsonObject(new String(QueueJson.of(report), StandardCharsets.UTF_8));
    JsonObject model = json.getJsonArray("models").getJsonObject(0);
    assertThat(model.getJsonObject("waiting").getInteger("normal")).isEqualTo(121);
    assertThat(model.getInteger("not_shown")).isEqualTo(120);
    assertThat(model.getLong("oldest_ms")).isEqualTo(90_000);
    assertThat(model.getJsonArray("queue").getJsonObject(0).getLong("estimate_ms"))
        .isEqualTo(4_000);
    JsonObject first = json.getJsonArray("backends").getJsonObject(0);
    assertThat(first.getInteger("running")).isEqualTo(1);
    assertThat(first.getInteger("ghosts")).isEqualTo(1);
    assertThat(first.getJsonArray("taken").getJsonObject(1).getString("phase")).isEqualTo("ghost");
    JsonObject held =
        json.getJsonArray("backends").getJsonObject(1).getJsonArray("held").getJsonObject(0);
    assertThat(held.getString("client")).isEqualTo("agent-7");
    assertThat(held.getString("until")).isEqualTo("2026-01-01T00:00:09Z");
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }

  private static QueueReport.Request request(String exchange, String client) {
    return new QueueReport.Request(
        new ExchangeId(exchange), FAST, Priority.NORMAL, new ClientId(client));
  }
}
