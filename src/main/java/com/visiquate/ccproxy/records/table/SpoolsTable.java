package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.records.journal.Position;
import com.visiquate.ccproxy.store.Batches;
import java.sql.Connection;
import java.sql.SQLException;

/** How far each journal has been written here. */
final class SpoolsTable {
  private SpoolsTable() {}

  /** Where a journal is; one that is new here is at its start. */
  static Position find(Connection connection, String spool) throws SQLException {
    Batches.run(
        connection,
        "insert into spools (spool, segment, place) values (?, 0, 0) on conflict do nothing",
        spool);
    return Batches.query(
            connection,
            "select segment, place from spools where spool = ?",
            row -> new Position(row.getLong(1), row.getLong(2)),
            spool)
        .getFirst();
  }

  /** Moves it; false when it is not there any more: what lies between has been written. */
  static boolean move(Connection connection, String spool, Position from, Position to)
      throws SQLException {
    return Batches.run(
            connection,
            """
            update spools set segment = ?, place = ?
            where spool = ? and segment = ? and place = ?
            """,
            to.segment(),
            to.place(),
            spool,
            from.segment(),
            from.place())
        == 1;
  }
}
