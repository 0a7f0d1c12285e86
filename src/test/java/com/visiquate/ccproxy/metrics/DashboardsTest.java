package com.visiquate.ccproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Grafana's dashboards; {@code src/test/prometheus/run} asks a real Prometheus their queries. */
final class DashboardsTest {
  private static final Path FOLDER = Path.of("conf", "grafana", "dashboards");
  private static final Pattern METER = Pattern.compile("\\b(ccproxy_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"");
  private static final Pattern PART_OF_HISTOGRAM = Pattern.compile("_(bucket|count|sum|max)$");
  private static final Map<String, MeterTable> METERS =
      Arrays.stream(MeterTable.values())
          .collect(Collectors.toMap(MeterTable::exposed, Function.identity()));
  private static final int WIDTH = 24;

  @Test
  void areThere() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "overview.json",
              "queue.json",
              "slots.json",
              "tokens.json",
              "latency.json",
              "cache.json",
              "cost.json");
    }
  }

  @Test
  void haveUidsOfTheirOwn() throws IOException {
    assertThat(dashboards())
        .extracting(each -> each.path("uid").asText())
        .doesNotHaveDuplicates()
        .allMatch(uid -> uid.matches("ccproxy-[a-z]+"));
  }

  @Test
  void havePanelsWithIdsOfTheirOwn() throws IOException {
    for (JsonNode dashboard : dashboards()) {
      assertThat(dashboard.path("panels"))
          .as(dashboard.path("title").asText())
          .hasSizeGreaterThan(5)
          .extracting(panel -> panel.path("id").asInt())
          .doesNotHaveDuplicates()
          .allMatch(id -> id > 0);
    }
  }

  @Test
  void havePanelsThatDoNotCoverEachOther() throws IOException {
    for (JsonNode dashboard : dashboards()) {
      Set<String> taken = new HashSet<>();
      for (JsonNode panel : dashboard.path("panels")) {
        assertThat(cells(panel)).as(name(panel)).isNotEmpty().allMatch(taken::add);
      }
    }
  }

  @Test
  void sayWhatTheyShowAndInWhichUnit() throws IOException {
    for (JsonNode panel : panels()) {
      assertThat(panel.path("title").asText()).isNotEmpty();
      assertThat(panel.path("description").asText()).as(name(panel)).isNotEmpty();
      assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
          .as(name(panel))
          .isNotEmpty();
      assertThat(panel.path("targets")).as(name(panel)).isNotEmpty();
    }
  }

  @Test
  void askTheChosenPrometheus() throws IOException {
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.path("datasource").path("uid").asText())
            .as(name(panel))
            .isEqualTo("${datasource}");
      }
    }
  }

  @Test
  void askForMetersThatThereAreByTheTagsThatTheyHave() throws IOException {
    for (String query : queries()) {
      Matcher meter = METER.matcher(query);
      while (meter.find()) {
        String name = meter.group(1);
        MeterTable row = row(name).orElseThrow(() -> new AssertionError(name + " in " + query));
        assertThat(labels(meter.group(2)))
            .as(query)
            .isSubsetOf(Stream.concat(row.tags().stream(), Stream.of("instance", "le")).toList());
      }
    }
  }

  @Test
  void knowAPartOfAHistogramFromAMeterOfThatName() {
    assertThat(row("ccproxy_queue_wait_seconds_bucket")).contains(MeterTable.QUEUE_WAIT);
    assertThat(row("ccproxy_queue_wait_seconds")).isEmpty();
    assertThat(row("ccproxy_requests_total")).contains(MeterTable.REQUESTS);
    assertThat(row("ccproxy_requests_total_sum")).isEmpty();
  }

  /** The row of a name as Prometheus has it. */
  private static Optional<MeterTable> row(String name) {
    Matcher part = PART_OF_HISTOGRAM.matcher(name);
    boolean isPart = part.find();
    return Optional.ofNullable(METERS.get(isPart ? name.substring(0, part.start()) : name))
        .filter(row -> row.documentation().contains("as a histogram") == isPart);
  }

  private static List<String> labels(@Nullable String selector) {
    return selector == null
        ? List.of()
        : LABEL.matcher(selector).results().map(found -> found.group(1)).toList();
  }

  private static List<String> cells(JsonNode panel) {
    JsonNode at = panel.path("gridPos");
    int x = at.path("x").asInt();
    int y = at.path("y").asInt();
    assertThat(x + at.path("w").asInt()).isLessThanOrEqualTo(WIDTH);
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < at.path("w").asInt(); i++) {
      for (int j = 0; j < at.path("h").asInt(); j++) {
        cells.add((x + i) + "," + (y + j));
      }
    }
    return cells;
  }

  private static List<String> queries() throws IOException {
    List<String> all = new ArrayList<>();
    for (JsonNode panel : panels()) {
      panel.path("targets").forEach(target -> all.add(target.path("expr").asText()));
    }
    for (JsonNode dashboard : dashboards()) {
      dashboard
          .path("templating")
          .path("list")
          .forEach(variable -> all.add(variable.path("definition").asText()));
    }
    return all;
  }

  private static List<JsonNode> panels() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    dashboards().forEach(each -> each.path("panels").forEach(all::add));
    return all;
  }

  private static List<JsonNode> dashboards() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(DashboardsTest::read).toList();
    }
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file.toString(), unreadable);
    }
  }

  private static String name(JsonNode panel) {
    return panel.path("id") + " " + panel.path("title");
  }
}
