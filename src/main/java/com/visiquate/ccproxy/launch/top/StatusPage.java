package com.visiquate.ccproxy.launch.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One page for scripts and monitors: a word, a sentence and numbers in the first line, as
 * monitoring plug-ins write it, and below what there is to say of each backend.
 */
public record StatusPage(Grade grade, String text) {
  /** Known to all monitors by its number. */
  public enum Grade {
    OK(0),
    WARNING(1),
    CRITICAL(2),
    UNKNOWN(3);

    private final int code;

    Grade(int code) {
      this.code = code;
    }

    /** The exit code. */
    public int code() {
      return code;
    }
  }

  /** Of what a gateway tells. */
  public static StatusPage of(JsonNode document) {
    Grade grade = grade(document);
    StringBuilder text = new StringBuilder();
    text.append("%s - %s | %s%n".formatted(grade, sentence(document), numbers(document)));
    alerts(document).forEach(alert -> text.append("! ").append(alert).append('\n'));
    for (Map.Entry<String, JsonNode> backend : document.path("backends").properties()) {
      text.append(line(backend.getKey(), backend.getValue())).append('\n');
    }
    return new StatusPage(grade, text.toString());
  }

  private static Grade grade(JsonNode document) {
    List<JsonNode> backends = List.copyOf(values(document.path("backends")));
    boolean none = backends.stream().noneMatch(StatusPage::takesWork);
    boolean all = backends.stream().allMatch(one -> one.path("state").asText().equals("up"));
    List<String> severities =
        values(document.path("alerts")).stream()
            .map(alert -> alert.path("severity").asText())
            .toList();
    if (none || severities.contains("critical")) {
      return Grade.CRITICAL;
    }
    return all && !severities.contains("warning") ? Grade.OK : Grade.WARNING;
  }

  private static boolean takesWork(JsonNode backend) {
    String state = backend.path("state").asText();
    boolean isWithheld = backend.has("drained") || backend.has("held_until");
    return !isWithheld && !state.equals("down") && !state.equals("unknown");
  }

  private static String sentence(JsonNode document) {
    return document.path("limit").asText().replaceFirst("\\.$", "");
  }

  private static String numbers(JsonNode document) {
    JsonNode totals = document.path("totals");
    return "running=%d waiting=%d answered=%dc failed=%dc cancelled=%dc"
        .formatted(
            running(document),
            document.path("waiting").size(),
            totals.path("answered").asLong(),
            totals.path("failed").asLong(),
            totals.path("cancelled").asLong());
  }

  private static long running(JsonNode document) {
    return values(document.path("backends")).stream().mapToLong(StatusPage::taken).sum();
  }

  private static long taken(JsonNode backend) {
    return values(backend.path("slots")).stream().filter(slot -> slot.has("exchange")).count();
  }

  private static List<String> alerts(JsonNode document) {
    return values(document.path("alerts")).stream()
        .map(alert -> alert.path("severity").asText() + ": " + alert.path("text").asText())
        .toList();
  }

  private static String line(String id, JsonNode backend) {
    String line =
        "%s is %s, %d of %d slots work"
            .formatted(
                id, backend.path("state").asText(), taken(backend), backend.path("slots").size());
    List<String> more = new ArrayList<>();
    if (backend.has("drained")) {
      more.add("drained by " + backend.path("drained").asText());
    }
    if (backend.has("held_until")) {
      more.add("held back by " + backend.path("held_by").asText());
    }
    if (backend.has("reason")) {
      more.add(backend.path("reason").asText());
    }
    return more.isEmpty() ? line : line + " (" + String.join("; ", more) + ")";
  }

  private static List<JsonNode> values(JsonNode of) {
    return of.properties().stream().map(Map.Entry::getValue).toList();
  }
}
