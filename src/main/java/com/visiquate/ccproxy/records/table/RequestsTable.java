package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.row.Column;
import com.visiquate.ccproxy.records.row.Row;
import com.visiquate.ccproxy.store.Batches;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One row for each request. */
final class RequestsTable {
  static final String COLUMNS =
      Column.ALL.stream().map(Column::sql).collect(Collectors.joining(", "));
  private static final String UPSERT =
      """
      insert into requests (%s) values %s
      on conflict (id) do update set %s
      where requests.revision < excluded.revision
      """
          .formatted(COLUMNS, Batches.places(Column.ALL.size()), revised());

  private RequestsTable() {}

  private static String revised() {
    return Column.REVISED.stream()
        .map(column -> column.sql() + " = excluded." + column.sql())
        .collect(Collectors.joining(", "));
  }

  /** Writes the entries; gives those that had not been written before. */
  static List<Entry> write(Connection connection, List<Entry> entries) throws SQLException {
    Map<String, Integer> revisions = revisions(connection, entries);
    Map<String, RequestRecord> rows = new LinkedHashMap<>();
    List<Entry> fresh = new ArrayList<>();
    for (Entry entry : entries) {
      RequestRecord now = entry.now();
      Integer known = revisions.get(now.id());
      if (known != null && known >= now.revision()) {
        continue;
      }
      fresh.add(entry);
      // A later step of a record whose details are gone changes the sums alone.
      if (known != null || entry.before() == null) {
        rows.put(now.id(), now);
        revisions.put(now.id(), now.revision());
      }
    }
    Batches.run(connection, UPSERT, rows.values().stream().map(Row::cells).toList());
    return fresh;
  }

  private static Map<String, Integer> revisions(Connection connection, List<Entry> entries)
      throws SQLException {
    Object[] ids = entries.stream().map(entry -> entry.now().id()).distinct().toArray();
    Map<String, Integer> revisions = new HashMap<>();
    String question = "select id, revision from requests where id in " + Batches.places(ids.length);
    Batches.query(connection, question, row -> revisions.put(row.getString(1), row.getInt(2)), ids);
    return revisions;
  }

  /** Of a row with all columns. */
  static RequestRecord record(ResultSet cells) throws SQLException {
    Row row = new Row();
    int place = 0;
    for (Column column : Column.ALL) {
      place++;
      switch (column.kind()) {
        case TEXT -> row.set(column, cells.getString(place));
        case NUMBER -> {
          long number = cells.getLong(place);
          row.set(column, cells.wasNull() ? null : number);
        }
        case REAL -> row.set(column, cells.getDouble(place));
      }
    }
    return row.record();
  }
}
