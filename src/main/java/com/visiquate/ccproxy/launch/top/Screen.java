package com.visiquate.ccproxy.launch.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a terminal of some size shows of the document: what limits it, a line for each slot, and
 * then those that wait, in their order, as many as there is room for.
 */
public final class Screen {
  private static final String HELP = "q quits";

  private final JsonNode document;
  private final int columns;
  private final long now;

  /**
   * Of one moment.
   *
   * @param columns how wide lines may be
   */
  public Screen(JsonNode document, int columns, long now) {
    this.document = document;
    this.columns = Math.max(20, columns);
    this.now = now;
  }

  /**
   * The lines, at most as many as there are rows.
   *
   * @param note what the reader of the feed has to say; empty when all is well
   */
  public List<String> lines(int rows, String note) {
    List<String> slots = slots();
    List<String> waiting = waiting();
    List<String> lines = new ArrayList<>();
    lines.add(title());
    lines.add(note.isEmpty() ? document.path("limit").asText() : "! " + note);
    alerts(lines);
    lines.add("");
    int room = Math.max(2, rows - lines.size());
    // Whoever waits has at least a third, when there are so many.
    int forWaiting = Math.min(waiting.size() + 1, Math.max(room / 3, room - slots.size()));
    some(slots, room - forWaiting, "more slots", lines);
    if (!waiting.isEmpty() && forWaiting > 1) {
      lines.add("");
      some(waiting, forWaiting - 1, "more wait", lines);
    }
    return lines.stream().limit(Math.max(1, rows)).map(this::fitted).toList();
  }

  private String title() {
    JsonNode totals = document.path("totals");
    String left = "ccproxy %s  %s".formatted(text(document, "version"), text(document, "node"));
    String right =
        "%d answered, %d failed, %d cancelled  %s"
            .formatted(
                totals.path("answered").asLong(),
                totals.path("failed").asLong(),
                totals.path("cancelled").asLong(),
                HELP);
    int gap = columns - left.length() - right.length();
    return gap < 2 ? left + "  " + right : left + " ".repeat(gap) + right;
  }

  private void alerts(List<String> to) {
    document.path("alerts").properties().stream()
        .limit(3)
        .forEach(alert -> to.add("! " + text(alert.getValue(), "text")));
  }

  private List<String> slots() {
    Table table = new Table("BACKEND", "SLOT", "WORK", "MODEL", "CLIENT", "FOR", "LEFT", "TOKENS");
    for (Map.Entry<String, JsonNode> backend : document.path("backends").properties()) {
      String name = backend.getKey();
      String state = state(backend.getValue());
      boolean first = true;
      for (Map.Entry<String, JsonNode> slot : inOrder(backend.getValue().path("slots"))) {
        table.row(row(first ? name + state : "", slot.getKey(), slot.getValue()));
        first = false;
      }
      if (first) {
        table.row(List.of(name + state));
      }
    }
    return table.lines(columns);
  }

  private static String state(JsonNode backend) {
    if (backend.has("drained")) {
      return " (drained)";
    }
    if (backend.has("held_until")) {
      return " (held back)";
    }
    String state = text(backend, "state");
    return state.equals("up") ? "" : " (" + state + ")";
  }

  private static List<Map.Entry<String, JsonNode>> inOrder(JsonNode slots) {
    List<Map.Entry<String, JsonNode>> all = new ArrayList<>(slots.properties());
    all.sort(Comparator.comparingInt(slot -> Integer.parseInt(slot.getKey())));
    return all;
  }

  private List<String> row(String backend, String number, JsonNode slot) {
    long until = slot.path(slot.has("until") ? "until" : "expected_end").asLong();
    return List.of(
        backend,
        number,
        work(slot),
        text(slot, "model"),
        text(slot, "client"),
        slot.has("since") ? Spans.of(now - slot.path("since").asLong()) : "",
        until > 0 ? Spans.of(until - now) : "",
        tokens(slot));
  }

  private String work(JsonNode slot) {
    String phase = text(slot, "phase");
    return phase.equals("prompt") ? "prompt %d%%".formatted(percent(slot)) : phase;
  }

  /** How far a prompt is: what was cached, and the rest in the time that was expected for it. */
  private long percent(JsonNode slot) {
    double cached = slot.path("progress").asDouble();
    long since = slot.path("since").asLong();
    long first = slot.path("expected_output").asLong();
    double passed = first > since ? (now - since) / (double) (first - since) : 1;
    return Math.round(100 * (cached + (1 - cached) * Math.clamp(passed, 0, 0.99)));
  }

  private static String tokens(JsonNode slot) {
    if (slot.has("output_tokens")) {
      return "%d, %.0f/s"
          .formatted(slot.path("output_tokens").asLong(), slot.path("rate").asDouble());
    }
    return slot.has("prompt_tokens")
        ? "%d of %d cached"
            .formatted(slot.path("cached_tokens").asLong(), slot.path("prompt_tokens").asLong())
        : "";
  }

  private List<String> waiting() {
    List<Map.Entry<String, JsonNode>> all = new ArrayList<>(document.path("waiting").properties());
    if (all.isEmpty()) {
      return List.of();
    }
    all.sort(Comparator.comparingDouble(one -> one.getValue().path("rank").asDouble()));
    Table table = new Table("PLACE", "MODEL", "CLASS", "CLIENT", "WAITED", "STARTS IN", "REQUEST");
    for (int i = 0; i < all.size(); i++) {
      JsonNode one = all.get(i).getValue();
      long start = one.path("expected_start").asLong();
      table.row(
          List.of(
              Integer.toString(i + 1),
              text(one, "model"),
              text(one, "class"),
              text(one, "client"),
              Spans.of(now - one.path("arrived").asLong()),
              start > 0 ? Spans.of(start - now) : "",
              all.get(i).getKey()));
    }
    return table.lines(columns);
  }

  private static void some(List<String> lines, int room, String rest, List<String> to) {
    if (lines.size() <= room) {
      to.addAll(lines);
    } else if (room > 0) {
      to.addAll(lines.subList(0, room - 1));
      to.add("… and %d %s".formatted(lines.size() - room + 1, rest));
    }
  }

  private String fitted(String line) {
    String plain = line.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= columns ? plain : plain.substring(0, columns - 1) + "…";
  }

  private static String text(JsonNode of, String member) {
    return of.path(member).asText();
  }
}
