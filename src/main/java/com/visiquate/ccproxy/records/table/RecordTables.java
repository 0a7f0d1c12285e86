package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.records.account.Rollup;
import com.visiquate.ccproxy.records.journal.Chunk;
import com.visiquate.ccproxy.records.journal.Position;
import com.visiquate.ccproxy.store.Database;
import java.sql.Connection;
import java.sql.SQLException;

/** All tables together: a chunk of the journal is in all of them, or in none. */
public final class RecordTables {
  private final Database database;
  private final String spool;

  /** For one journal, by its id. */
  public RecordTables(Database database, String spool) {
    this.database = database;
    this.spool = spool;
  }

  /** How far the journal has been written. */
  public Position position() throws SQLException {
    return database.transaction(connection -> SpoolsTable.find(connection, spool));
  }

  /**
   * Writes a chunk and moves on to its end.
   *
   * @param from where the journal was, by {@link #position}
   * @return false when it was not there any more; then nothing is written
   */
  public boolean write(Chunk chunk, Position from) throws SQLException {
    return database.transaction(
        connection -> {
          if (!SpoolsTable.move(connection, spool, from, chunk.to())) {
            return false;
          }
          UsageTable.add(connection, sums(connection, chunk));
          return true;
        });
  }

  /** Leaves out what the database does not take. */
  public void skip(Position from, Position to) throws SQLException {
    database.transaction(connection -> SpoolsTable.move(connection, spool, from, to));
  }

  private static Rollup sums(Connection connection, Chunk chunk) throws SQLException {
    return switch (chunk) {
      case Chunk.Totals totals -> totals.sums();
      case Chunk.Entries entries -> {
        Rollup sums = new Rollup();
        RequestsTable.write(connection, entries.entries()).forEach(sums::add);
        yield sums;
      }
    };
  }
}
