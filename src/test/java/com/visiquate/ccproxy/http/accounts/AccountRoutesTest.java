package com.visiquate.ccproxy.http.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.Replanned;
import com.visiquate.ccproxy.bus.RecordsMessage.NotTold;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestFound;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestRows;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestsQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageReply;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRow;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRows;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.Usage;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Quota;
import com.visiquate.ccproxy.http.Gateway;
import com.visiquate.ccproxy.http.Plans;
import com.visiquate.ccproxy.http.RawClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paths that say what was used: what they ask the records, and how they answer. */
@Timeout(60)
final class AccountRoutesTest {
  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-11-30T00:00:00Z");
  private static final Usage USAGE =
      new Usage(3, 2, 1, 1_000, 400, 50, 7, 30, 1_500_000, 0, 9, 9, 6_000_000, 4_500_000, 0.25, 2);
  private static final RequestRecord RECORD =
      new RequestRecord(
          "x1",
          0,
          "mini",
          new RequestRecord.Asked(
              "/v1/messages", "anthropic", true, "gpt-4", "team/me", "team", "c1", "s1", null),
          new RequestRecord.Served(
              "fast", "one", null, "completed", 200, null, 1, List.of("ls", "cat"), false),
          new RequestRecord.Times(1_000_000, 1_250_000L, 3_000_000, 100, 0, 150_000, 1_700_000),
          new RequestRecord.Tokens(1_000, 400, 50, 7, 0, null),
          new RequestRecord.Slots(List.of(new RequestRecord.SlotUse("one", 1_900_000))),
          new RequestRecord.Price(0.25, 2));
  private final BlockingQueue<Object> asked = new LinkedBlockingQueue<>();
  private @Nullable UsageReply reply;
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new Gateway();
    gateway.stages.bus().answer(Address.RECORDS_USAGE, this::usage);
    gateway
        .stages
        .bus()
        .answer(
            Address.RECORDS_REQUESTS,
            query -> {
              asked.add(query);
              return new RequestRows(List.of(RECORD), "next-page");
            });
    gateway
        .stages
        .bus()
        .answer(
            Address.RECORDS_REQUEST,
            query -> {
              asked.add(query);
              return new RequestFound(query.id().equals("x1") ? RECORD : null);
            });
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  private UsageReply usage(UsageQuery query) {
    asked.add(query);
    if (reply != null) {
      return reply;
    }
    boolean daily = query.by().startsWith("day");
    String value = query.by().equals("day") ? "" : "fast";
    UsageRow row = new UsageRow(daily ? "2026-11-02" : null, value, USAGE);
    return new UsageRows(FROM, TO, List.of(row), USAGE, 4);
  }

  @Test
  void asksByAnyColumnWithFilters() throws Exception {
    JsonObject body =
        json("/ccproxy/usage?from=7d&by=client&outcome=completed&machine=%3E5&limit=10");

    assertThat(asked.take())
        .isEqualTo(
            new UsageQuery(
                "7d",
                "",
                "client",
                java.util.Map.of("outcome", "completed", "machine", ">5"),
                null,
                10));
    JsonObject row = body.getJsonArray("rows").getJsonObject(0);
    assertThat(row.getString("client")).isEqualTo("fast");
    assertThat(row.getLong("prompt_tokens")).isEqualTo(1_000);
    assertThat(row.getDouble("machine_seconds")).isEqualTo(4.5);
    assertThat(body.getLong("not_shown")).isEqualTo(3);
    assertThat(body.getJsonObject("total").getDouble("cost")).isEqualTo(0.25);
  }

  @Test
  void answersAsTableAndAsCsv() throws Exception {
    assertThat(get("/ccproxy/usage?format=text"))
        .contains("content-type: text/plain; charset=utf-8")
        .contains("MODEL  REQUESTS  FAILED  PROMPT  CACHED  OUTPUT")
        .contains("fast   3         1       1000    40%     50")
        .contains("… and 3 more, in the total only");
    assertThat(get("/ccproxy/usage?format=csv&by=day,model"))
        .contains("content-type: text/csv; charset=utf-8")
        .contains("day,model,requests,completed,failed,prompt_tokens,cached_tokens,")
        .contains("2026-11-02,fast,3,2,1,1000,400,50,7,30,1.5,0.0,");
    assertThat(get("/ccproxy/usage?format=text&by=day"))
        .contains("DAY         REQUESTS")
        .contains("2026-11-02  3 ")
        .contains("total       3 ");
    assertThat(get("/ccproxy/usage?format=csv&by=day")).contains("\r\n2026-11-02,3,2,1,");
    assertThat(get("/ccproxy/requests?format=csv")).contains(",ls cat,false,1.9,");
    assertThat(get("/ccproxy/requests?format=text")).contains("more: after=next-page");
  }

  @ParameterizedTest
  @CsvSource({
    "/ccproxy/usage?limit=x, limit must be a whole number",
    "/ccproxy/usage?limit=-1, limit must be a whole number",
    "/ccproxy/usage?format=xml, 'format must be json, csv or text.'",
    "/ccproxy/requests?limit=5000, limit must be a whole number from 0 to 1000.",
    "/user/daily/activity?page=0, page must be a whole number",
    "/user/daily/activity?page_size=1001, page_size must be",
    "/global/spend/report?group_by=moon, group_by moon is unknown",
  })
  void objectsAtOnce(String path, String message) throws Exception {
    assertThat(get(path)).startsWith("HTTP/1.1 400 ").contains(message);
    assertThat(asked).isEmpty();
  }

  @Test
  void passesOnWhatTheRecordsObjectTo() throws Exception {
    reply = new NotTold(Failure.invalid("unknown column \"colour\"", "colour", "unknown_column"));

    assertThat(get("/ccproxy/usage?colour=red"))
        .startsWith("HTTP/1.1 400 ")
        .contains("\"message\":\"unknown column \\\"colour\\\"\"");
  }

  @Test
  void tellsOneRequestAndThatThereIsNone() throws Exception {
    JsonObject one = json("/ccproxy/requests/x1");
    assertThat(one.getString("conversation")).isEqualTo("c1");
    assertThat(one.getString("first_token")).isEqualTo("1970-01-01T00:00:01.250Z");
    assertThat(one.getJsonArray("tools")).containsExactly("ls", "cat");
    assertThat(one.getJsonObject("slots").getDouble("one")).isEqualTo(1.9);
    assertThat(get("/ccproxy/requests/x2"))
        .startsWith("HTTP/1.1 404 ")
        .contains("request_not_found");
  }

  @Test
  void letsAKeySeeOnlyItsOwn() throws Exception {
    plan(key("ops", "o", true), key("team", "t", false));

    for (String path : List.of("/ccproxy/usage", "/ccproxy/requests", "/ccproxy/requests/x1")) {
      assertThat(get(path, "t")).startsWith("HTTP/1.1 200 ");
      assertThat(scope(asked.take())).as(path).isEqualTo("team");
      assertThat(get(path, "o")).startsWith("HTTP/1.1 200 ");
      assertThat(scope(asked.take())).as(path).isNull();
      assertThat(get(path, "x")).startsWith("HTTP/1.1 403 ");
    }
    assertThat(get("/user/daily/activity?start_date=2026-11-01&end_date=2026-11-30", "t"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(get("/spend/logs", "t")).startsWith("HTTP/1.1 200 ");
    assertThat(asked).allSatisfy(query -> assertThat(scope(query)).isEqualTo("team"));
  }

  @Test
  void answersLiteLlmsDashboards() throws Exception {
    JsonObject log = array("/spend/logs").getJsonObject(0);
    assertThat(asked.take())
        .isEqualTo(new RequestsQuery("", "", java.util.Map.of(), null, "", 1_000));
    assertThat(log.getString("call_type")).isEqualTo("anthropic_messages");
    assertThat(log.getString("status")).isEqualTo("success");
    assertThat(log.getLong("total_tokens")).isEqualTo(1_050);
    assertThat(log.getValue("messages")).isNull();
    assertThat(log.getLong("request_duration_ms")).isEqualTo(2_000);

    JsonObject day =
        array("/spend/logs?start_date=2026-11-01&end_date=2026-11-29").getJsonObject(0);
    assertThat(day.getJsonObject("models").getDouble("fast")).isEqualTo(0.25);
    assertThat(asked)
        .allSatisfy(query -> assertThat(((UsageQuery) query).to()).isEqualTo("2026-11-30"));

    assertThat(array("/global/spend/models").getJsonObject(0))
        .isEqualTo(new JsonObject().put("model", "fast").put("total_spend", 0.25));
    assertThat(json("/global/spend").getDouble("spend")).isEqualTo(0.25);
    JsonObject activity = json("/user/daily/activity?start_date=2026-11-01&end_date=2026-11-29");
    JsonObject first = activity.getJsonArray("results").getJsonObject(0);
    assertThat(first.getString("date")).isEqualTo("2026-11-02");
    assertThat(first.getJsonObject("metrics").getLong("cache_read_input_tokens")).isEqualTo(400);
    assertThat(first.getJsonObject("breakdown").fieldNames())
        .contains("mcp_servers", "models", "model_groups", "providers", "endpoints", "api_keys");
    assertThat(activity.getJsonObject("metadata").getBoolean("has_more")).isFalse();
    JsonObject report = array("/global/spend/report?group_by=api_key").getJsonObject(0);
    assertThat(report.getJsonArray("model_details").getJsonObject(0).getString("model"))
        .isEqualTo("fast");
  }

  @Test
  void saysThatThereAreNoRecords() throws Exception {
    gateway.close();
    gateway = new Gateway();

    assertThat(get("/ccproxy/usage")).startsWith("HTTP/1.1 400 ").contains("records_off");
  }

  private static @Nullable String scope(Object query) {
    return switch (query) {
      case UsageQuery usage -> usage.key();
      case RequestsQuery requests -> requests.key();
      case RequestQuery request -> request.key();
      default -> throw new AssertionError(query);
    };
  }

  private void plan(AccessKey... keys) throws Exception {
    FleetPlan plan = Plans.plan();
    gateway
        .stages
        .bus()
        .publish(
            Address.FLEET_PLAN,
            new Replanned(
                new FleetPlan(
                    plan.backends(),
                    plan.hosts(),
                    plan.catalogue(),
                    plan.routing(),
                    plan.queue(),
                    plan.priorities(),
                    plan.limits(),
                    plan.waiting(),
                    List.of(keys))));
    gateway.settle();
  }

  private static AccessKey key(String name, String secret, boolean operator) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    return new AccessKey(
        name, HexFormat.of().formatHex(digest), List.of(), Quota.UNLIMITED, null, operator);
  }

  private JsonObject json(String path) throws IOException {
    return new JsonObject(body(get(path)));
  }

  private JsonArray array(String path) throws IOException {
    return new JsonArray(body(get(path)));
  }

  private static String body(String response) {
    assertThat(response).startsWith("HTTP/1.1 200 ");
    return response.substring(response.indexOf("\r\n\r\n") + 4);
  }

  private String get(String path) throws IOException {
    return get(path, "");
  }

  private String get(String path, String key) throws IOException {
    try (RawClient client = gateway.client()) {
      String authorization = key.isEmpty() ? "" : "authorization: Bearer " + key + "\r\n";
      client.send(
          "GET %s HTTP/1.1\r\nhost: localhost\r\n%sconnection: close\r\n\r\n"
              .formatted(path, authorization));
      return client.rest();
    }
  }
}
