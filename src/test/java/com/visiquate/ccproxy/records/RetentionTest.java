package com.visiquate.ccproxy.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.Pricing;
import com.visiquate.ccproxy.records.account.SlotAccounts;
import com.visiquate.ccproxy.records.journal.Chunk;
import com.visiquate.ccproxy.records.journal.Position;
import com.visiquate.ccproxy.records.table.RecordTables;
import com.visiquate.ccproxy.records.table.Retention;
import com.visiquate.ccproxy.store.Batches;
import com.visiquate.ccproxy.store.Database;
import com.visiquate.ccproxy.store.Databases;
import com.visiquate.ccproxy.store.Dialect;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("database")
final class RetentionTest {
  private static final int COUNT = 5_000;

  @TempDir private Path folder;

  private Database filled(Dialect dialect) throws Exception {
    Database database = Database.open(Databases.settings(dialect, folder));
    SlotAccounts accounts = new SlotAccounts("n", Pricing.NONE);
    List<Entry> entries = new ArrayList<>();
    List<Position> ends = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      Instant arrived = Ends.NOON.minus(Duration.ofMinutes(i));
      entries.add(accounts.ended(Ends.plain("r" + i, arrived), arrived).orElseThrow());
      ends.add(new Position(1, i + 1L));
    }
    RecordTables tables = new RecordTables(database, "spool");
    tables.write(new Chunk.Entries(Position.START, entries, ends), tables.position());
    return database;
  }

  private static int all(Database database, Retention retention) throws SQLException {
    int all = 0;
    for (int some = -1; some != 0; all += some) {
      some = retention.run(database, Ends.NOON);
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void deletesWhatIsTooOldAndKeepsItsSums(Dialect dialect) throws Exception {
    try (Database database = filled(dialect)) {
      Map<String, List<Long>> sums = Kept.sums(database);
      Retention retention = new Retention(Duration.ofMinutes(999), 0);
      assertThat(all(database, retention)).isEqualTo(COUNT - 1_000);
      assertThat(Kept.records(database)).hasSize(1_000).containsKeys("r0", "r999");
      assertThat(Kept.sums(database)).isEqualTo(sums);
    }
  }

  @ParameterizedTest
  @EnumSource
  void deletesTheOldestWhenTheyAreTooLarge(Dialect dialect) throws Exception {
    try (Database database = filled(dialect)) {
      long size = size(database);
      int deleted = all(database, new Retention(Duration.ZERO, size / 2));
      assertThat(deleted).isBetween(COUNT / 3, COUNT * 2 / 3);
      assertThat(size(database)).isLessThanOrEqualTo(size / 2);
      assertThat(Kept.records(database)).containsKey("r0").doesNotContainKey("r" + (COUNT - 1));
      assertThat(all(database, new Retention(Duration.ZERO, size / 2))).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsAllWithoutBounds(Dialect dialect) throws Exception {
    try (Database database = filled(dialect)) {
      assertThat(all(database, new Retention(Duration.ZERO, 0))).isZero();
    }
  }

  private static long size(Database database) throws SQLException {
    String question = database.dialect().sizeOf("requests");
    return database.read(c -> Batches.query(c, question, row -> row.getLong(1))).getFirst();
  }
}
