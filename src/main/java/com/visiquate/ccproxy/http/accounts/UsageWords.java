package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.RecordsMessage.UsageRow;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRows;
import com.visiquate.ccproxy.bus.Usage;
import com.visiquate.ccproxy.http.routes.TextTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was used, in each form. */
final class UsageWords {
  private static final double MICROS = 1e6;
  private static final double PERCENT = 100;
  private final UsageRows rows;
  private final String by;
  private final String currency;

  /**
   * @param by the columns by which it was asked for, with commas between
   */
  UsageWords(UsageRows rows, String by, String currency) {
    this.rows = rows;
    this.by = by;
    this.currency = currency;
  }

  String in(Desk.Form form) {
    return switch (form) {
      case JSON -> json().encodePrettily() + "\n";
      case CSV -> csv();
      case TEXT -> text();
    };
  }

  private JsonObject json() {
    JsonArray list = new JsonArray();
    for (UsageRow row : rows.rows()) {
      JsonObject one = new JsonObject();
      if (isDaily()) {
        one.put("day", row.day());
      }
      if (!column().isEmpty()) {
        one.put(column(), row.value());
      }
      list.add(one.mergeIn(numbers(row.usage())));
    }
    return new JsonObject()
        .put("from", rows.from().toString())
        .put("to", rows.to().toString())
        .put("by", by)
        .put("currency", currency)
        .put("rows", list)
        .put("not_shown", rows.all() - rows.rows().size())
        .put("total", numbers(rows.total()));
  }

  private boolean isDaily() {
    return by.equals("day") || by.startsWith("day,");
  }

  /** The one beside the day; empty when there is none. */
  private String column() {
    return by.equals("day") ? "" : by.substring(by.lastIndexOf(',') + 1);
  }

  /** What a row is about, in as many cells as there are titles. */
  private List<String> names(@Nullable String day, String value) {
    List<String> names = new ArrayList<>();
    if (isDaily()) {
      names.add(day == null ? "" : day);
    }
    if (!column().isEmpty()) {
      names.add(value);
    }
    return names;
  }

  static JsonObject numbers(Usage usage) {
    return new JsonObject()
        .put("requests", usage.requests())
        .put("completed", usage.completed())
        .put("failed", usage.failed())
        .put("prompt_tokens", usage.promptTokens())
        .put("cached_tokens", usage.cachedTokens())
        .put("output_tokens", usage.outputTokens())
        .put("thinking_tokens", usage.thinkingTokens())
        .put("lost_tokens", usage.lostTokens())
        .put("queue_seconds", seconds(usage.queueMicros()))
        .put("load_seconds", seconds(usage.loadMicros()))
        .put("prompt_seconds", seconds(usage.promptMicros()))
        .put("output_seconds", seconds(usage.outputMicros()))
        .put("total_seconds", seconds(usage.totalMicros()))
        .put("machine_seconds", seconds(usage.machineMicros()))
        .put("cost", usage.cost())
        .put("saved", usage.saved());
  }

  private static double seconds(long micros) {
    return micros / MICROS;
  }

  private String csv() {
    List<String> titles = names("day", column());
    titles.addAll(numbers(Usage.NONE).fieldNames());
    Csv csv = new Csv(titles);
    for (UsageRow row : rows.rows()) {
      List<Object> cells = new ArrayList<>(names(row.day(), row.value()));
      for (Map.Entry<String, Object> number : numbers(row.usage())) {
        cells.add(number.getValue());
      }
      csv.row(cells);
    }
    return csv.toString();
  }

  private String text() {
    List<String> titles = names("DAY", column().toUpperCase(Locale.ROOT));
    titles.addAll(
        List.of(
            "REQUESTS",
            "FAILED",
            "PROMPT",
            "CACHED",
            "OUTPUT",
            "LOST",
            "QUEUE",
            "MACHINE",
            "COST",
            "SAVED"));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (UsageRow row : rows.rows()) {
      String value = row.value().isEmpty() ? "-" : row.value();
      table.row(line(names(row.day(), value), row.usage()));
    }
    List<String> total = names("total", isDaily() ? "" : "total");
    table.row(line(total, rows.total()));
    long more = rows.all() - rows.rows().size();
    String rest = more > 0 ? "… and %d more, in the total only%n".formatted(more) : "";
    return "usage  %s to %s  in %s%n%n%s%s"
        .formatted(second(rows.from()), second(rows.to()), currency, table, rest);
  }

  private static Instant second(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }

  private static List<String> line(List<String> names, Usage usage) {
    List<String> cells = new ArrayList<>(names);
    cells.addAll(
        List.of(
            Long.toString(usage.requests()),
            Long.toString(usage.failed()),
            count(usage.promptTokens()),
            share(usage.cachedTokens(), usage.promptTokens()),
            count(usage.outputTokens()),
            count(usage.lostTokens()),
            time(usage.queueMicros()),
            time(usage.machineMicros()),
            money(usage.cost()),
            money(usage.saved())));
    return cells;
  }

  /** 950, 12.3k, 4.5M. */
  private static String count(long tokens) {
    if (tokens < 10_000) {
      return Long.toString(tokens);
    }
    return tokens < 1_000_000
        ? String.format(Locale.ROOT, "%.1fk", tokens / 1e3)
        : String.format(Locale.ROOT, "%.1fM", tokens / 1e6);
  }

  private static String share(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.0f%%", PERCENT * part / whole);
  }

  private static String time(long micros) {
    double seconds = micros / MICROS;
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.1fs", seconds);
    }
    return seconds < 7_200
        ? String.format(Locale.ROOT, "%.1fm", seconds / 60)
        : String.format(Locale.ROOT, "%.1fh", seconds / 3_600);
  }

  private static String money(double amount) {
    return String.format(Locale.ROOT, amount > 0 && amount < 1 ? "%.4f" : "%.2f", amount);
  }
}
