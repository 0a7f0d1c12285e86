package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.store.Batches;
import com.visiquate.ccproxy.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Which records are deleted: the oldest, by age or because there are too many. The sums by day
 * stay.
 *
 * @param keep zero keeps all
 * @param maxSize in bytes; 0 for no bound
 */
public record Retention(Duration keep, long maxSize) {
  /** So few at once that whoever writes besides need not wait long. */
  private static final int BATCH = 2_000;

  /** Deletes a batch of what is due; says how many records that were: 0 when nothing is left. */
  public int run(Database database, Instant now) throws SQLException {
    int old = keep.isZero() ? 0 : tooOld(database, now.minus(keep));
    return old > 0 || maxSize == 0 ? old : tooMany(database);
  }

  private static int tooOld(Database database, Instant oldest) throws SQLException {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, oldest);
    return database.transaction(
        connection ->
            Batches.run(
                connection,
                """
                delete from requests where id in (
                  select id from requests where arrived < ? order by arrived limit ?)
                """,
                micros,
                BATCH));
  }

  private int tooMany(Database database) throws SQLException {
    return database.transaction(
        connection -> {
          long bytes = number(connection, database.dialect().sizeOf("requests"));
          if (bytes <= maxSize) {
            return 0;
          }
          long rows = Math.max(1, number(connection, "select count(*) from requests"));
          long surplus = (bytes - maxSize) / Math.max(1, bytes / rows) + 1;
          return Batches.run(
              connection,
              """
              delete from requests where id in (
                select id from requests order by arrived limit ?)
              """,
              Math.min(surplus, BATCH));
        });
  }

  private static long number(Connection connection, String question) throws SQLException {
    return Batches.query(connection, question, row -> row.getLong(1)).getFirst();
  }
}
