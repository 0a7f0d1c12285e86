package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.RecordsMessage.RequestRows;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.http.routes.TextTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of requests, in each form. */
final class RequestWords {
  private static final double MILLIS = 1e3;
  private static final double SECONDS = 1e6;

  private RequestWords() {}

  static String page(RequestRows rows, Desk.Form form) {
    return switch (form) {
      case JSON ->
          new JsonObject()
                  .put(
                      "requests",
                      new JsonArray(rows.rows().stream().map(RequestWords::json).toList()))
                  .put("next", rows.next().isEmpty() ? null : rows.next())
                  .encodePrettily()
              + "\n";
      case CSV -> csv(rows);
      case TEXT -> text(rows);
    };
  }

  /** Every column, by the name that filters know. */
  static JsonObject json(RequestRecord record) {
    JsonObject all = new JsonObject().put("id", record.id()).put("node", record.node());
    moments(record.times(), all);
    asked(record.asked(), record.served(), all);
    ended(record.served(), all);
    spans(record.times(), all);
    tokens(record.tokens(), all);
    return all.put("tools", new JsonArray(record.served().tools()))
        .put("cache_hit", record.served().cacheHit())
        .put("machine_seconds", record.slots().micros() / SECONDS)
        .put("slots", slots(record))
        .put("cost", record.price().cost())
        .put("saved", record.price().saved());
  }

  private static void moments(RequestRecord.Times times, JsonObject to) {
    to.put("arrived", moment(times.arrived()))
        .put("first_token", moment(times.firstToken()))
        .put("ended", moment(times.ended()));
  }

  private static void asked(RequestRecord.Asked asked, RequestRecord.Served served, JsonObject to) {
    to.put("route", asked.route())
        .put("dialect", asked.dialect())
        .put("streamed", asked.streamed())
        .put("alias", asked.alias())
        .put("model", served.model())
        .put("backend", served.backend())
        .put("instead_of", served.insteadOf())
        .put("client", asked.client())
        .put("key", asked.key())
        .put("conversation", asked.conversation())
        .put("session", asked.session())
        .put("parent", asked.parent());
  }

  private static void ended(RequestRecord.Served served, JsonObject to) {
    to.put("outcome", served.outcome())
        .put("status", served.status())
        .put("failure", served.failure())
        .put("attempts", served.attempts());
  }

  private static void spans(RequestRecord.Times times, JsonObject to) {
    to.put("queue_ms", times.queue() / MILLIS)
        .put("load_ms", times.load() / MILLIS)
        .put("prompt_ms", times.prompt() / MILLIS)
        .put("output_ms", times.output() / MILLIS)
        .put("total_ms", times.total() / MILLIS);
  }

  private static void tokens(RequestRecord.Tokens tokens, JsonObject to) {
    to.put("prompt_tokens", tokens.prompt())
        .put("cached_tokens", tokens.cached())
        .put("output_tokens", tokens.output())
        .put("thinking_tokens", tokens.thinking())
        .put("lost_tokens", tokens.lost())
        .put("lost_where", tokens.lostWhere());
  }

  private static JsonObject slots(RequestRecord record) {
    JsonObject slots = new JsonObject();
    record.slots().uses().forEach(use -> slots.put(use.backend(), use.micros() / SECONDS));
    return slots;
  }

  private static @Nullable String moment(@Nullable Long micros) {
    return micros == null ? null : instant(micros).toString();
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static String csv(RequestRows rows) {
    List<JsonObject> objects = rows.rows().stream().map(RequestWords::json).toList();
    Csv csv =
        new Csv(objects.isEmpty() ? List.of("id") : List.copyOf(objects.getFirst().fieldNames()));
    for (JsonObject one : objects) {
      csv.row(one.stream().map(Map.Entry::getValue).map(RequestWords::cell).toList());
    }
    return csv.toString();
  }

  private static Object cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case JsonArray list -> list.stream().map(String::valueOf).collect(Collectors.joining(" "));
      default -> value;
    };
  }

  private static String text(RequestRows rows) {
    TextTable table =
        new TextTable(
            "ARRIVED", "OUTCOME", "MODEL", "BACKEND", "CLIENT", "PROMPT", "CACHED", "OUTPUT",
            "QUEUE", "TOTAL", "REQUEST");
    rows.rows().forEach(record -> table.row(line(record)));
    String more = rows.next().isEmpty() ? "" : "more: after=%s%n".formatted(rows.next());
    return table + more;
  }

  private static List<String> line(RequestRecord record) {
    RequestRecord.Tokens tokens = record.tokens();
    String model = record.served().model();
    String backend = record.served().backend();
    String failure = record.served().failure();
    return List.of(
        instant(record.times().arrived()).truncatedTo(ChronoUnit.SECONDS).toString(),
        failure == null ? record.served().outcome() : failure,
        model == null ? "-" : model,
        backend == null ? "-" : backend,
        record.asked().client(),
        Long.toString(tokens.prompt()),
        Long.toString(tokens.cached()),
        Long.toString(tokens.output()),
        seconds(record.times().queue()),
        seconds(record.times().total()),
        record.id());
  }

  private static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.2fs", micros / SECONDS);
  }
}
