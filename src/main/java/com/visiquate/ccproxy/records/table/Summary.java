package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.records.account.Dimension;
import com.visiquate.ccproxy.records.account.Rollup;
import com.visiquate.ccproxy.records.account.Sum;
import com.visiquate.ccproxy.records.question.Period;
import com.visiquate.ccproxy.records.question.UsageQuestion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sums of whole days and of the rows at their edges, put together.
 *
 * @param sums at least of the largest
 * @param total of all
 * @param values how many there are
 */
record Summary(Sums sums, Sum total, long values) {
  private static final long DAY = 86_400_000_000L;

  static Summary of(Connection connection, UsageQuestion question) throws SQLException {
    Period period = question.period();
    long first = Rollup.day(period.from() + DAY - 1);
    long last = Rollup.day(period.to());
    Optional<DaySums> days = DaySums.of(question).filter(any -> first < last);
    Sums sums = new Sums();
    if (days.isEmpty()) {
      new RowSums(question).addTo(sums, connection, period);
    } else {
      RowSums rows = new RowSums(question);
      rows.addTo(sums, connection, new Period(period.from(), first * DAY));
      rows.addTo(sums, connection, new Period(last * DAY, period.to()));
      if (days.get().isFine()) {
        return largest(connection, question, sums, days.get(), first, last);
      }
      days.get().addTo(sums, connection, first, last);
    }
    // Who has called several tools counts for each.
    Sum total =
        question.group().dimension() == Dimension.TOOL
            ? of(connection, question.whole()).total()
            : sums.total();
    return new Summary(sums, total, sums.all().size());
  }

  /** Conversations are as many as a month has: only the largest are summed up whole. */
  private static Summary largest(
      Connection connection,
      UsageQuestion question,
      Sums edges,
      DaySums days,
      long first,
      long last)
      throws SQLException {
    Sums whole = new Sums();
    days.whole().addTo(whole, connection, first, last);
    Sum total = whole.total();
    total.add(edges.total());
    Map<String, Long> requests = days.requests(connection, first, last);
    edges.all().forEach((at, sum) -> requests.merge(at.value(), sum.count(0), Long::sum));
    List<String> largest =
        requests.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(question.limit())
            .map(Map.Entry::getKey)
            .toList();
    edges.retain(largest);
    if (!largest.isEmpty()) {
      days.addTo(edges, connection, first, last, largest);
    }
    return new Summary(edges, total, requests.size());
  }
}
