package com.visiquate.ccproxy.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.visiquate.ccproxy.bus.RecordsMessage.RequestRows;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestsQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRow;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRows;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.SlotAccounts;
import com.visiquate.ccproxy.records.journal.Chunk;
import com.visiquate.ccproxy.records.journal.Journal;
import com.visiquate.ccproxy.records.question.NotUnderstood;
import com.visiquate.ccproxy.records.question.PageQuestion;
import com.visiquate.ccproxy.records.question.UsageQuestion;
import com.visiquate.ccproxy.records.row.Column;
import com.visiquate.ccproxy.records.table.RecordTables;
import com.visiquate.ccproxy.records.table.RecordsReader;
import com.visiquate.ccproxy.store.Database;
import com.visiquate.ccproxy.store.Databases;
import com.visiquate.ccproxy.store.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Held to sums that are made of all records, one by one. */
@Tag("database")
final class QuestionsTest {
  private static final Instant BEGIN = Instant.parse("2026-11-10T06:30:00Z");
  private static final Instant NOW = Instant.parse("2026-11-14T18:00:00Z");
  private static final int COUNT = 600;

  @TempDir private Path folder;

  private final List<RequestRecord> all = new ArrayList<>();

  private Database filled(Dialect dialect) throws Exception {
    Database database = Database.open(Databases.settings(dialect, folder));
    Random random = new Random(7);
    SlotAccounts accounts =
        new SlotAccounts("node-" + 1, record -> new Price(record.slots().micros() / 1e6, 2));
    List<Entry> entries = new ArrayList<>();
    Duration step = Duration.between(BEGIN, NOW).dividedBy(COUNT);
    for (int i = 0; i < COUNT; i++) {
      Instant arrived = BEGIN.plus(step.multipliedBy(i));
      accounts.happened(Ends.freed("r" + i, "gpu-1", random.nextInt(5_000)), arrived);
      if (random.nextInt(4) == 0) {
        accounts.happened(Ends.freed("r" + i, "gpu-2", random.nextInt(5_000)), arrived);
      }
      accounts.ended(Ends.random("r" + i, arrived, random), arrived).ifPresent(entries::add);
    }
    entries.forEach(entry -> all.add(entry.now()));
    try (Journal journal = Journal.open(folder.resolve("spool"), 1 << 22)) {
      RecordTables tables = new RecordTables(database, journal.id());
      journal.append(entries);
      for (Chunk next = journal.next(500); next != null; next = journal.next(500)) {
        assertThat(tables.write(next, tables.position())).isTrue();
        journal.goOn(next.to());
      }
    }
    return database;
  }

  private static UsageQuestion question(
      String from, String to, String by, Map<String, String> filters, @Nullable String key)
      throws NotUnderstood {
    return UsageQuestion.of(new UsageQuery(from, to, by, filters, key, 0), NOW);
  }

  @ParameterizedTest
  @EnumSource
  void wholeDaysAndTheirEdgesAndFiltersAllAgree(Dialect dialect) throws Exception {
    String from = "2026-11-10T12:00:00Z";
    String to = "2026-11-14T01:00:00Z";
    Predicate<RequestRecord> within =
        record -> record.times().arrived() >= micros(from) && record.times().arrived() < micros(to);
    try (Database database = filled(dialect)) {
      RecordsReader reader = new RecordsReader(database);
      for (String by :
          List.of(
              "all",
              "day",
              "model",
              "hour",
              "outcome",
              "day,model",
              "status",
              "key",
              "conversation",
              "tool",
              "session")) {
        UsageRows rows = reader.usage(question(from, to, by, Map.of(), null));
        check(rows, within, by);
      }
      check(
          reader.usage(question(from, to, "model", Map.of(), "key1")),
          within.and(record -> "key1".equals(record.asked().key())),
          "one key's own");
      check(
          reader.usage(question(from, to, "day", Map.of("model", "qwen"), null)),
          within.and(record -> "qwen".equals(record.served().model())),
          "one model by day");
      check(
          reader.usage(
              question(
                  from, to, "client", Map.of("model", "qwen", "outcome", "completed"), "key2")),
          within.and(
              record ->
                  "qwen".equals(record.served().model())
                      && record.served().outcome().equals("completed")
                      && "key2".equals(record.asked().key())),
          "two filters");
      check(
          reader.usage(question(from, to, "model", Map.of("tool", "edit"), null)),
          within.and(record -> record.served().tools().contains("edit")),
          "a tool");
    }
  }

  private void check(UsageRows rows, Predicate<RequestRecord> which, String what) {
    List<RequestRecord> expected = all.stream().filter(which).toList();
    assertThat(rows.total().requests()).as(what).isEqualTo(expected.size());
    if (what.equals("model")) {
      for (UsageRow row : rows.rows()) {
        assertThat(row.usage().requests())
            .isEqualTo(
                expected.stream().filter(one -> row.value().equals(one.served().model())).count());
      }
    }
    assertThat(rows.total().machineMicros())
        .as(what)
        .isEqualTo(expected.stream().mapToLong(record -> record.slots().micros()).sum());
    assertThat(rows.total().promptTokens())
        .as(what)
        .isEqualTo(expected.stream().mapToLong(record -> record.tokens().prompt()).sum());
    assertThat(rows.total().cost())
        .as(what)
        .isCloseTo(
            expected.stream().mapToDouble(record -> record.price().cost()).sum(), within(1e-6));
  }

  @ParameterizedTest
  @EnumSource
  void theLargestConversationsAreToldAndAllAreInTheTotal(Dialect dialect) throws Exception {
    try (Database database = filled(dialect)) {
      UsageQuery query = new UsageQuery("2026-11-10", "", "conversation", Map.of(), null, 3);
      UsageRows rows = new RecordsReader(database).usage(UsageQuestion.of(query, NOW));
      Map<String, Long> requests =
          all.stream()
              .collect(
                  Collectors.groupingBy(
                      record -> record.asked().conversation(), Collectors.counting()));
      assertThat(rows.rows())
          .hasSize(3)
          .allSatisfy(
              row -> assertThat(row.usage().requests()).isEqualTo(requests.get(row.value())))
          .extracting(row -> row.usage().requests())
          .containsExactlyElementsOf(
              requests.values().stream().sorted(Comparator.reverseOrder()).limit(3).toList());
      assertThat(rows.all()).isEqualTo(requests.size());
      assertThat(rows.total().requests()).isEqualTo(COUNT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void machineTimeOfABackendIsItsOwn(Dialect dialect) throws Exception {
    try (Database database = filled(dialect)) {
      UsageRows rows =
          new RecordsReader(database).usage(question("2026-11-01", "", "backend", Map.of(), null));
      for (UsageRow row : rows.rows()) {
        assertThat(row.usage().machineMicros())
            .isEqualTo(
                all.stream()
                    .flatMap(record -> record.slots().uses().stream())
                    .filter(use -> use.backend().equals(row.value()))
                    .mapToLong(SlotUse::micros)
                    .sum());
      }
      assertThat(rows.rows()).extracting(UsageRow::value).containsExactly("gpu-1", "gpu-2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void pagesGoFromTheNewestToTheOldestWithoutAGap(Dialect dialect) throws Exception {
    try (Database database = filled(dialect)) {
      RecordsReader reader = new RecordsReader(database);
      List<RequestRecord> seen = new ArrayList<>();
      String next = "";
      do {
        RequestRows page = reader.requests(page(Map.of("tool", "read"), next));
        seen.addAll(page.rows());
        next = page.next();
      } while (!next.isEmpty());
      assertThat(seen)
          .isEqualTo(
              all.reversed().stream()
                  .filter(record -> record.served().tools().contains("read"))
                  .toList());
    }
  }

  private static PageQuestion page(Map<String, String> filters, String after) throws NotUnderstood {
    return PageQuestion.of(new RequestsQuery("2026-11-01", "", filters, null, after, 37), NOW);
  }

  @ParameterizedTest
  @EnumSource
  void everyColumnFilters(Dialect dialect) throws Exception {
    try (Database database = filled(dialect)) {
      RecordsReader reader = new RecordsReader(database);
      RequestRecord one = all.get(77);
      for (Column column : Column.ALL) {
        Object value = column.of(one);
        if (column.kind() != Column.Kind.REAL && column != Column.TOOLS) {
          Map<String, String> filters = new HashMap<>(Map.of("id", "r77"));
          filters.put(column.label(), value == null ? "" : value.toString());
          assertThat(reader.requests(page(filters, "")).rows())
              .as(column.label())
              .containsExactly(one);
        }
      }
      assertThat(reader.requests(page(Map.of("machine_us", ">4000000"), "")).rows())
          .isNotEmpty()
          .allMatch(record -> record.slots().micros() > 4_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeySeesOnlyItsOwn(Dialect dialect) throws Exception {
    try (Database database = filled(dialect)) {
      RecordsReader reader = new RecordsReader(database);
      RequestRecord one = all.getFirst();
      assertThat(reader.request(one.id(), null).request()).isEqualTo(one);
      assertThat(reader.request(one.id(), one.asked().key()).request()).isEqualTo(one);
      assertThat(reader.request(one.id(), "another").request()).isNull();
      assertThat(reader.request("none", null).request()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7 days ago, '', model, model, q, 'from: \"7 days ago\" is no date'",
    "2026-13-01, '', model, model, q, is no date",
    "2026-11-02, 2026-11-01, model, model, q, it is later than to",
    "7d, '', modle, model, q, 'There is no column \"modle\" (nearest: model,'",
    "7d, '', model, clinet, q, 'There is no column \"clinet\" (nearest: client,'",
    "7d, '', model, status, many, 'status: \"many\" is no number'",
    "7d, '', 'model,client', model, q, 'one column, or day and one column'",
  })
  void saysWhatIsNotUnderstood(
      String from, String to, String by, String column, String value, String message) {
    assertThatThrownBy(() -> question(from, to, by, Map.of(column, value), null))
        .isInstanceOf(NotUnderstood.class)
        .hasMessageContaining(message);
  }

  @Test
  void aBrokenCursorIsSaid() {
    assertThatThrownBy(() -> page(Map.of(), "elsewhere")).hasMessageContaining("after: expected");
  }

  private static long micros(String at) {
    return Instant.parse(at).toEpochMilli() * 1_000;
  }
}
