package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.bus.RecordsMessage.RequestsQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.journal.Chunk;
import com.visiquate.ccproxy.records.journal.Position;
import com.visiquate.ccproxy.records.question.PageQuestion;
import com.visiquate.ccproxy.records.question.UsageQuestion;
import com.visiquate.ccproxy.records.table.RecordTables;
import com.visiquate.ccproxy.records.table.RecordsReader;
import com.visiquate.ccproxy.store.Batches;
import com.visiquate.ccproxy.store.Database;
import com.visiquate.ccproxy.store.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What it costs to keep records, and to be asked about a month of them. */
public final class RecordsCost {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int BATCH = 1_000;
  private static final int ROUNDS = 7;
  private static final List<String> COLUMNS =
      List.of(
          "all",
          "day",
          "hour",
          "client",
          "key",
          "alias",
          "route",
          "dialect",
          "model",
          "backend",
          "outcome",
          "failure",
          "node",
          "tool",
          "conversation",
          "session",
          "day,model");

  private final Database database;
  private final Months month;
  private final Map<String, Figure> figures = new LinkedHashMap<>();

  /** By the clock, and by the CPU time of the thread that asks. */
  private record Figure(String wall, String cpu) {}

  private RecordsCost(Database database, Months month) {
    this.database = database;
    this.month = month;
  }

  /** Arguments: how many records; {@code sqlite} leaves the other one out. */
  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    Path folder = Files.createTempDirectory("records-cost");
    Path file = folder.resolve("records.db");
    Map<String, Figure> small;
    try (Database database = Database.open(DatabaseSettings.file(file))) {
      small = new RecordsCost(database, new Months(count)).measure(count);
    }
    String start = start(file);
    Map<String, Figure> large = arguments.length < 2 ? postgresql(count) : Map.of();
    System.out.println("| | SQLite | its CPU | PostgreSQL |\n|---|---:|---:|---:|");
    for (String what : small.keySet()) {
      Figure figure = small.get(what);
      Figure other = large.getOrDefault(what, new Figure("", ""));
      System.out.printf("| %s | %s | %s | %s |%n", what, figure.wall(), figure.cpu(), other.wall());
    }
    System.out.printf("| open a database that is up to date (ms) | %s | | |%n", start);
    System.out.printf("| size of the file (MB) | %d | | |%n", Files.size(file) >> 20);
    for (String name : List.of("records.db", "records.db-wal", "records.db-shm")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }

  private static Map<String, Figure> postgresql(int count) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        Database database =
            Database.open(
                DatabaseSettings.url(
                    "postgresql://postgres@localhost:" + server.getPort() + "/postgres"))) {
      return new RecordsCost(database, new Months(count)).measure(count);
    }
  }

  private static String start(Path file) throws Exception {
    double[] times = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      Database.open(DatabaseSettings.file(file)).close();
      times[i] = (System.nanoTime() - begun) / 1e6;
    }
    return median(times);
  }

  private Map<String, Figure> measure(int count) throws Exception {
    insert(count);
    database.transaction(c -> Batches.run(c, "analyze"));
    RecordsReader reader = new RecordsReader(database);
    for (String by : COLUMNS) {
      ask("a month by " + by, () -> reader.usage(usage(by, Map.of(), null)));
    }
    ask("a month by model, one key's own", () -> reader.usage(usage("model", Map.of(), "key-3")));
    ask(
        "a month by day of one model",
        () -> reader.usage(usage("day", Map.of("model", "model-1"), null)));
    ask(
        "a month by model of one client (rows)",
        () -> reader.usage(usage("model", Map.of("client", "agent-7"), null)));
    ask("the newest 100", () -> reader.requests(page(Map.of(), null)));
    ask("the newest 100 of one key", () -> reader.requests(page(Map.of(), "key-3")));
    ask(
        "all of one conversation",
        () -> reader.requests(page(Map.of("conversation", "conversation-4711"), null)));
    ask("one request", () -> reader.request(month.id(count / 2), null));
    return figures;
  }

  private void insert(int count) throws SQLException {
    RecordTables tables = new RecordTables(database, "benchmark");
    Position at = tables.position();
    long writing = 0;
    long computing = 0;
    for (int from = 0; from < count; from += BATCH) {
      List<Entry> entries = new ArrayList<>();
      List<Position> ends = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        entries.add(new Entry(month.record(i), null));
        ends.add(new Position(1, i + 1L));
      }
      long begun = System.nanoTime();
      long cpu = CPU.getCurrentThreadCpuTime();
      tables.write(new Chunk.Entries(at, entries, ends), at);
      writing += System.nanoTime() - begun;
      computing += CPU.getCurrentThreadCpuTime() - cpu;
      at = ends.getLast();
    }
    figures.put("rows written a second", new Figure(rate(count, writing), rate(count, computing)));
  }

  private static String rate(int count, long nanos) {
    return "%,d".formatted(Math.round(count / (nanos / 1e9)));
  }

  private UsageQuestion usage(String by, Map<String, String> filters, String key) throws Exception {
    return UsageQuestion.of(new UsageQuery("30d", "", by, filters, key, 0), month.end());
  }

  private PageQuestion page(Map<String, String> filters, String key) throws Exception {
    return PageQuestion.of(new RequestsQuery("30d", "", filters, key, "", 100), month.end());
  }

  private interface Question {
    Object ask() throws Exception;
  }

  private void ask(String what, Question question) throws Exception {
    question.ask();
    double[] times = new double[ROUNDS];
    double[] cpu = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      long computed = CPU.getCurrentThreadCpuTime();
      question.ask();
      times[i] = (System.nanoTime() - begun) / 1e6;
      cpu[i] = (CPU.getCurrentThreadCpuTime() - computed) / 1e6;
    }
    figures.put(what + " (ms)", new Figure(median(times), median(cpu)));
  }

  private static String median(double[] times) {
    Arrays.sort(times);
    return "%.1f".formatted(times[times.length / 2]);
  }
}
