package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.records.account.Dimension;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.Rollup;
import com.visiquate.ccproxy.records.account.Sum;
import com.visiquate.ccproxy.records.row.Column;
import com.visiquate.ccproxy.records.row.Row;
import com.visiquate.ccproxy.store.Batches;
import com.visiquate.ccproxy.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is in the database, and what should be, in a form that can be compared. */
final class Kept {
  private Kept() {}

  static Map<String, RequestRecord> records(Database database) throws SQLException {
    String columns = Column.ALL.stream().map(Column::sql).collect(Collectors.joining(", "));
    return database
        .read(c -> Batches.query(c, "select " + columns + " from requests", Kept::record))
        .stream()
        .collect(Collectors.toMap(RequestRecord::id, record -> record));
  }

  private static RequestRecord record(ResultSet cells) throws SQLException {
    Row row = new Row();
    for (Column column : Column.ALL) {
      Object value =
          switch (column.kind()) {
            case TEXT -> cells.getString(column.sql());
            case NUMBER -> cells.getLong(column.sql());
            case REAL -> cells.getDouble(column.sql());
          };
      row.set(column, cells.wasNull() ? null : value);
    }
    return row.record();
  }

  /** By whom, the whole numbers of all. */
  static Map<String, List<Long>> sums(Database database) throws SQLException {
    String counts = String.join(", ", Sum.COUNTS);
    Map<String, List<Long>> sums = new TreeMap<>();
    database.read(
        c ->
            Batches.query(
                c,
                "select scope, dimension, day, value, " + counts + " from usage",
                row -> {
                  String whose =
                      String.join(
                          "|",
                          row.getString(1),
                          row.getString(2),
                          row.getString(3),
                          row.getString(4));
                  List<Long> amounts = new java.util.ArrayList<>();
                  for (int i = 0; i < Sum.COUNTS.size(); i++) {
                    amounts.add(row.getLong(5 + i));
                  }
                  return sums.put(whose, amounts);
                }));
    sums.values().removeIf(amounts -> amounts.stream().allMatch(amount -> amount == 0));
    return sums;
  }

  /** The same, of these records. */
  static Map<String, List<Long>> sums(Collection<RequestRecord> records) {
    Rollup rollup = new Rollup();
    records.forEach(record -> rollup.add(new Entry(record, null)));
    Map<String, List<Long>> sums = new TreeMap<>();
    rollup.forEach(
        (key, sum) ->
            sums.put(
                String.join("|", key.scope(), key.dimension().label(), "" + key.day(), key.value()),
                java.util.stream.IntStream.range(0, Sum.COUNTS.size())
                    .mapToObj(sum::count)
                    .toList()));
    return sums;
  }

  /** Without the dimensions that dropped details blur. */
  static Map<String, List<Long>> coarse(Map<String, List<Long>> sums) {
    Map<String, List<Long>> coarse = new TreeMap<>(sums);
    coarse
        .keySet()
        .removeIf(
            key ->
                key.contains("|" + Dimension.CONVERSATION.label() + "|")
                    || key.contains("|" + Dimension.SESSION.label() + "|"));
    return coarse;
  }
}
