package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.QueueReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The queues and the slots as tables for a terminal. */
final class QueueText {
  private static final int CLIENT_WIDTH = 28;

  private final TextTable slots =
      new TextTable("BACKEND", "STATE", "SLOTS", "WORK", "MODEL", "CLASS", "CLIENT", "FOR", "LEFT");
  private final TextTable waiting =
      new TextTable("PLACE", "MODEL", "CLASS", "CLIENT", "WAITED", "STARTS IN", "REQUEST");
  private final List<String> notShown = new ArrayList<>();
  private final Instant at;

  private QueueText(QueueReport report) {
    at = report.at();
    report.backends().forEach(this::backend);
    report.models().forEach(this::model);
  }

  static String of(QueueReport report) {
    QueueText text = new QueueText(report);
    StringBuilder out = new StringBuilder(title(report)).append("\n\n").append(text.slots);
    if (!text.waiting.isEmpty()) {
      out.append("\n").append(text.waiting);
    }
    text.notShown.forEach(line -> out.append(line).append("\n"));
    return out.toString();
  }

  private static String title(QueueReport report) {
    int waits = report.models().stream().mapToInt(QueueReport.Model::size).sum();
    int runs = report.backends().stream().mapToInt(one -> one.taken().size()).sum();
    int kept = report.backends().stream().mapToInt(one -> one.held().size()).sum();
    return "ccproxy  %s  %d running, %d waiting, %d slots held"
        .formatted(report.at().truncatedTo(ChronoUnit.SECONDS), runs, waits, kept);
  }

  private void backend(QueueReport.Backend backend) {
    String busy = "%d/%d".formatted(backend.taken().size(), backend.slots());
    List<String> own = List.of(backend.id().value(), word(backend.health()), busy);
    List<List<String>> rows = new ArrayList<>();
    backend.taken().forEach(taken -> rows.add(taken(taken)));
    backend.held().forEach(held -> rows.add(held(held)));
    if (rows.isEmpty()) {
      rows.add(List.of());
    }
    for (int i = 0; i < rows.size(); i++) {
      List<String> row = new ArrayList<>(i == 0 ? own : List.of("", "", ""));
      row.addAll(rows.get(i));
      slots.row(row);
    }
  }

  private static List<String> taken(QueueReport.Taken taken) {
    QueueReport.Request request = taken.request();
    return List.of(
        word(taken.phase()),
        request.model().value(),
        word(request.priority()),
        client(request.client().value()),
        time(taken.since()),
        time(taken.left()));
  }

  private List<String> held(QueueReport.Held held) {
    String left = time(Duration.between(at, held.until()));
    return List.of("held", held.model().value(), "", client(held.client().value()), "", left);
  }

  private void model(QueueReport.Model model) {
    for (QueueReport.Waiting one : model.front()) {
      waiting.row(
          List.of(
              Integer.toString(one.place()),
              model.name().value(),
              word(one.request().priority()),
              client(one.request().client().value()),
              time(one.waited()),
              time(one.estimate()),
              one.request().exchange().value()));
    }
    int more = model.size() - model.front().size();
    if (more > 0) {
      notShown.add("… and %d more wait for %s".formatted(more, model.name()));
    }
  }

  private static String client(String name) {
    return name.length() <= CLIENT_WIDTH ? name : name.substring(0, CLIENT_WIDTH - 1) + "…";
  }

  /** 7s, 2m05s, 1h02m. */
  private static String time(Duration duration) {
    long seconds = Math.max(0, Math.round(duration.toMillis() / 1_000.0));
    if (seconds < 60) {
      return seconds + "s";
    }
    return seconds < 3_600
        ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh%02dm", seconds / 3_600, seconds / 60 % 60);
  }

  private static String word(Enum<?> constant) {
    return Label.of(constant);
  }
}
