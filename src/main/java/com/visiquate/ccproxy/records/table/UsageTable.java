package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.records.account.Rollup;
import com.visiquate.ccproxy.records.account.Sum;
import com.visiquate.ccproxy.store.Batches;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums by day and value, which outlive the rows that they are of. */
final class UsageTable {
  private static final List<String> AMOUNTS =
      Stream.concat(Sum.COUNTS.stream(), Stream.of("cost", "saved")).toList();
  private static final String ADD =
      """
      insert into usage (scope, dimension, day, value, %s) values %s
      on conflict (scope, dimension, day, value) do update set %s
      """
          .formatted(
              String.join(", ", AMOUNTS),
              Batches.places(4 + AMOUNTS.size()),
              AMOUNTS.stream()
                  .map(name -> "%1$s = usage.%1$s + excluded.%1$s".formatted(name))
                  .collect(Collectors.joining(", ")));

  /** All amounts of several rows, in order. */
  static final String SUMS =
      AMOUNTS.stream().map(name -> "sum(" + name + ")").collect(Collectors.joining(", "));

  private UsageTable() {}

  static void add(Connection connection, Rollup sums) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    sums.forEach((key, sum) -> rows.add(row(key, sum)));
    Batches.run(connection, ADD, rows);
  }

  private static @Nullable Object[] row(Rollup.Key key, Sum sum) {
    @Nullable Object[] row = new @Nullable Object[4 + AMOUNTS.size()];
    row[0] = key.scope();
    row[1] = key.dimension().label();
    row[2] = key.day();
    row[3] = key.value();
    for (int i = 0; i < Sum.COUNTS.size(); i++) {
      row[4 + i] = sum.count(i);
    }
    row[row.length - 2] = sum.cost();
    row[row.length - 1] = sum.saved();
    return row;
  }

  /** The amounts of a row, from this column on. */
  static Sum sum(ResultSet row, int from) throws SQLException {
    long[] counts = new long[Sum.COUNTS.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = row.getLong(from + i);
    }
    Sum sum = new Sum();
    sum.add(counts, row.getDouble(from + counts.length), row.getDouble(from + counts.length + 1));
    return sum;
  }
}
