package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.records.account.Dimension;
import com.visiquate.ccproxy.records.question.Filter;
import com.visiquate.ccproxy.records.question.UsageQuestion;
import com.visiquate.ccproxy.records.row.Column;
import com.visiquate.ccproxy.store.Batches;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of the sums that are made in advance answer a question.
 *
 * @param only the one value that is asked for; null for all
 * @param named whether the answer is by value
 */
record DaySums(
    String scope, Dimension dimension, @Nullable String only, boolean named, boolean daily) {

  /** Empty when each row must be looked at. */
  static Optional<DaySums> of(UsageQuestion question) {
    Dimension wanted = question.group().dimension();
    List<Filter> filters = new ArrayList<>(question.filters());
    String scope = question.key() == null ? keyOf(filters) : question.key();
    if (wanted == null || filters.size() > 1) {
      return Optional.empty();
    }
    boolean daily = question.group().daily();
    if (filters.isEmpty()) {
      return Optional.of(new DaySums(scope, wanted, null, wanted != Dimension.ALL, daily));
    }
    Filter filter = filters.getFirst();
    return Stream.of(Dimension.values())
        .filter(one -> filter.isEqual() && answers(one, filter.column()))
        .filter(one -> wanted == Dimension.ALL || (wanted == one && one != Dimension.TOOL))
        .findFirst()
        .map(one -> new DaySums(scope, one, filter.text(), wanted == one, daily));
  }

  /** What is asked of one key alone is in the key's own sums. */
  private static String keyOf(List<Filter> filters) {
    for (Filter filter : filters) {
      if (filter.column() == Column.KEY && filter.isEqual() && filter.value() != null) {
        filters.remove(filter);
        return filter.text();
      }
    }
    return "";
  }

  /** Rows know of a backend only where they ran last. */
  private static boolean answers(Dimension dimension, Column column) {
    return dimension == Dimension.TOOL
        ? column == Column.TOOLS
        : dimension != Dimension.BACKEND && column == dimension.column();
  }

  /** The same, of all values together. */
  DaySums whole() {
    return new DaySums(scope, Dimension.ALL, null, false, false);
  }

  /** Whether there are so many values that only the largest are looked at. */
  boolean isFine() {
    return named && !daily && only == null && dimension.isFine();
  }

  /** How many requests each value has. */
  Map<String, Long> requests(Connection connection, long from, long to) throws SQLException {
    Map<String, Long> requests = new HashMap<>();
    // Put together here: most have a single day, and a database would sort them all first.
    Batches.query(
        connection,
        "select value, requests from usage where scope = ? and dimension = ? and day >= ? and day <"
            + " ?",
        row -> requests.merge(row.getString(1), row.getLong(2), Long::sum),
        scope,
        dimension.label(),
        from,
        to);
    return requests;
  }

  /** Adds those of these days. */
  void addTo(Sums sums, Connection connection, long from, long to) throws SQLException {
    String one = only;
    addTo(sums, connection, from, to, one == null ? List.of() : List.of(one));
  }

  /** The same, of these values; of all when none is named. */
  void addTo(Sums sums, Connection connection, long from, long to, Collection<String> values)
      throws SQLException {
    List<Object> parameters = new ArrayList<>(List.of(scope, dimension.label(), from, to));
    parameters.addAll(values);
    String which = values.isEmpty() ? "" : " and value in " + rows(values.size());
    Batches.query(
        connection,
        "select %s, %s, %s from usage where scope = ? and dimension = ? and day >= ? and day < ?%s%s"
            .formatted(
                daily ? "day" : "-1", named ? "value" : "''", UsageTable.SUMS, which, grouping()),
        row -> {
          // Without groups there is a row even of nothing.
          if (row.getObject(3) != null) {
            sums.at(row.getLong(1), row.getString(2)).add(UsageTable.sum(row, 3));
          }
          return sums;
        },
        parameters.toArray());
  }

  /** As a table, which is joined: a list would be looked through for each row. */
  private static String rows(int count) {
    return "(select column1 from (values %s) as wanted)"
        .formatted(String.join(", ", Collections.nCopies(count, "(?)")));
  }

  private String grouping() {
    if (daily) {
      return named ? " group by 1, 2" : " group by 1";
    }
    return named ? " group by 2" : "";
  }
}
