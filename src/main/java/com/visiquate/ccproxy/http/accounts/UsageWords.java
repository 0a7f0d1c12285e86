package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.RecordsMessage.UsageRow;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRows;
import com.visiquate.ccproxy.bus.Usage;
import com.visiquate.ccproxy.http.routes.TextTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
      if (row.day() != null) {
        one.put("day", row.day());
      }
      list.add(one.put(column(), row.value()).mergeIn(numbers(row.usage())));
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

  private String column() {
    String last = by.substring(by.lastIndexOf(',') + 1);
    return last.equals("day") ? "date" : last;
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
    boolean daily = by.startsWith("day,");
    List<String> titles = new ArrayList<>(daily ? List.of("day", column()) : List.of(column()));
    titles.addAll(numbers(Usage.NONE).fieldNames());
    Csv csv = new Csv(titles);
    for (UsageRow row : rows.rows()) {
      List<Object> cells = new ArrayList<>();
      if (daily) {
        cells.add(row.day() == null ? "" : row.day());
      }
      cells.add(row.value());
      for (Map.Entry<String, Object> number : numbers(row.usage())) {
        cells.add(number.getValue());
      }
      csv.row(cells);
    }
    return csv.toString();
  }

  private String text() {
    boolean daily = by.startsWith("day,");
    List<String> titles = new ArrayList<>(daily ? List.of("DAY") : List.of());
    titles.addAll(
        List.of(
            column().toUpperCase(Locale.ROOT),
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
    rows.rows().forEach(row -> table.row(line(daily, row.day(), row.value(), row.usage())));
    table.row(line(daily, "", "total", rows.total()));
    long more = rows.all() - rows.rows().size();
    String rest = more > 0 ? "… and %d more, in the total only%n".formatted(more) : "";
    return "usage  %s to %s  in %s%n%n%s%s"
        .formatted(rows.from(), rows.to(), currency, table, rest);
  }

  private static List<String> line(boolean daily, @Nullable String day, String value, Usage usage) {
    List<String> cells = new ArrayList<>();
    if (daily) {
      cells.add(day == null ? "" : day);
    }
    cells.addAll(
        List.of(
            value.isEmpty() ? "-" : value,
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
