package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.records.account.Dimension;
import com.visiquate.ccproxy.records.account.Rollup;
import com.visiquate.ccproxy.records.account.Sum;
import com.visiquate.ccproxy.records.question.Period;
import com.visiquate.ccproxy.records.question.UsageQuestion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Sums of whole days and of the rows at their edges, put together.
 *
 * @param sums at least of the largest
 * @param total of all
 * @param values how many there are
 */
record Summary(Sums sums, Sum total, long values) {
  private static final long DAY = 86_400_000_000L;
  private static final Comparator<Map.Entry<String, Long>> LARGEST_FIRST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

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
    List<String> largest = largest(requests, question.limit());
    edges.retain(largest);
    if (!largest.isEmpty()) {
      days.addTo(edges, connection, first, last, largest);
    }
    return new Summary(edges, total, requests.size());
  }

  /** Those with the most requests, without putting all the others in order. */
  private static List<String> largest(Map<String, Long> requests, int limit) {
    PriorityQueue<Map.Entry<String, Long>> found = new PriorityQueue<>(LARGEST_FIRST.reversed());
    for (Map.Entry<String, Long> one : requests.entrySet()) {
      if (found.size() < limit) {
        found.add(one);
      } else if (LARGEST_FIRST.compare(one, found.element()) < 0) {
        found.remove();
        found.add(one);
      }
    }
    return found.stream().map(Map.Entry::getKey).toList();
  }
}
