package com.visiquate.ccproxy.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.config.RecordsSettings;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.Gathering;
import com.visiquate.ccproxy.records.account.SlotAccounts;
import com.visiquate.ccproxy.records.journal.Chunk;
import com.visiquate.ccproxy.records.journal.Journal;
import com.visiquate.ccproxy.records.table.RecordTables;
import com.visiquate.ccproxy.store.Database;
import com.visiquate.ccproxy.store.DatabaseSettings;
import com.visiquate.ccproxy.store.Databases;
import com.visiquate.ccproxy.store.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes in whatever order, and wherever the process dies: every record once, and the sums
 * are those of the records.
 */
@Tag("database")
final class WriterChaosTest {
  private static final int STEPS = 1_200;

  @TempDir private Path folder;

  static Stream<Arguments> worlds() {
    long seed = Long.getLong("ccproxy.records.seed", 1);
    return Stream.of(Dialect.values())
        .flatMap(
            dialect ->
                Stream.of(1 << 24, 60_000)
                    .flatMap(
                        spool ->
                            Stream.of(seed, seed + 1)
                                .map(each -> Arguments.of(dialect, spool, each))));
  }

  @ParameterizedTest(name = "{0}, a spool of {1} bytes, seed {2}")
  @MethodSource("worlds")
  void everyRecordOnceAndSumsThatAgree(Dialect dialect, int spool, long seed) throws Exception {
    try (World world = new World(dialect, spool, new Random(seed))) {
      for (int i = 0; i < STEPS; i++) {
        world.step();
      }
      world.finish();
    }
  }

  /** A gateway that dies again and again, and its database, which does not. */
  private final class World implements AutoCloseable {
    private final Random random;
    private final RecordsSettings settings;
    private final int limit;
    private final SlotAccounts accounts =
        new SlotAccounts("n", record -> new Price(record.slots().micros(), 1));
    private final Gathering gathering = new Gathering(100_000);
    private final Map<String, RequestRecord> last = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final Opening opening;
    private Instant now = Ends.NOON;
    private Journal journal;
    private Writer writer;
    private boolean away;

    World(Dialect dialect, int limit, Random random) throws Exception {
      this.random = random;
      this.limit = limit;
      DatabaseSettings where = Databases.settings(dialect, folder);
      settings =
          dialect == Dialect.SQLITE
              ? RecordsSettings.OFF.inFile(where.location())
              : RecordsSettings.OFF.at(
                  where.location() + "?user=" + where.user() + "&password=" + where.password());
      opening = new Opening(settings);
      begin();
    }

    private void begin() throws IOException {
      journal = Journal.open(folder.resolve("spool"), limit);
      writer = new Writer(journal, opening, InstantSource.fixed(now));
    }

    void step() throws Exception {
      now = now.plusSeconds(random.nextInt(120));
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> end();
        case 3, 4, 5 -> free();
        case 6, 7 -> append();
        case 8 -> die();
        case 9 -> dieAfterTheCommit();
        case 10 -> away = random.nextInt(3) > 0;
        default -> write(random.nextInt(3));
      }
    }

    private void end() {
      for (int i = random.nextInt(20); i >= 0; i--) {
        String id =
            ids.isEmpty() || random.nextInt(3) > 0
                ? "x" + ids.size()
                : ids.get(ids.size() - 1 - random.nextInt(Math.min(20, ids.size())));
        ids.add(id);
        note(accounts.ended(Ends.random(id, now, random), now));
      }
    }

    private void free() {
      String id =
          ids.isEmpty() ? "x0" : ids.get(ids.size() - 1 - random.nextInt(Math.min(40, ids.size())));
      String part = random.nextBoolean() ? id : id + "-2";
      note(
          accounts.happened(
              Ends.freed(part, "gpu-" + random.nextInt(3), random.nextInt(4) * 500L), now));
    }

    private void note(Optional<Entry> entry) {
      entry.ifPresent(
          one -> {
            last.put(one.now().id(), one.now());
            gathering.add(one);
          });
    }

    /** What is gathered is never lost here: the clients of a gateway that dies are not asked. */
    private void append() throws IOException {
      List<Entry> entries = gathering.take();
      if (!entries.isEmpty()) {
        journal.append(entries);
        if (isRoomy() && random.nextInt(5) == 0) {
          journal.append(entries);
        }
      }
    }

    /** Whether no details are dropped. */
    private boolean isRoomy() {
      return limit > 1 << 20;
    }

    private void write(int steps) {
      for (int i = 0; i < steps && !away; i++) {
        assertThat(writer.step()).isNotEqualTo(Writer.Step.AWAY);
      }
    }

    private void die() throws IOException {
      journal.close();
      if (random.nextBoolean()) {
        tear();
      }
      begin();
    }

    /** Half a line at the end of the newest segment. */
    private void tear() throws IOException {
      try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
        Optional<Path> newest =
            files.filter(file -> file.toString().endsWith(".jsonl")).max(Path::compareTo);
        if (newest.isPresent()) {
          Files.writeString(newest.get(), "{\"id\":\"to", StandardOpenOption.APPEND);
        }
      }
    }

    /** The database has it, and nobody has heard so. */
    private void dieAfterTheCommit() throws Exception {
      if (away) {
        return;
      }
      RecordTables tables = new RecordTables(opening.open(), journal.id());
      journal.goOn(tables.position());
      Chunk chunk = journal.next(1 + random.nextInt(50));
      if (chunk != null) {
        assertThat(tables.write(chunk, tables.position())).isTrue();
      }
      if (random.nextBoolean()) {
        die();
      }
    }

    void finish() throws Exception {
      append();
      away = false;
      Writer.Step step = writer.step();
      while (step == Writer.Step.WROTE) {
        step = writer.step();
      }
      assertThat(step).isEqualTo(Writer.Step.IDLE);
      Database database = opening.open();
      Map<String, RequestRecord> kept = Kept.records(database);
      Map<String, List<Long>> sums = Kept.sums(database);
      if (isRoomy()) {
        assertThat(kept.keySet()).isEqualTo(last.keySet());
        assertThat(kept).allSatisfy((id, record) -> assertThat(record).isEqualTo(last.get(id)));
        assertThat(sums).isEqualTo(Kept.sums(last.values()));
      } else {
        assertThat(last.keySet()).containsAll(kept.keySet()).hasSizeGreaterThan(kept.size());
        assertThat(Kept.coarse(sums)).isEqualTo(Kept.coarse(Kept.sums(last.values())));
      }
      assertThat(journal.waitingBytes()).isZero();
    }

    @Override
    public void close() throws IOException {
      journal.close();
      opening.close();
    }
  }
}
