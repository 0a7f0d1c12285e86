package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.bus.RecordsMessage.RequestFound;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestRows;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRow;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRows;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.records.account.Dimension;
import com.visiquate.ccproxy.records.account.Sum;
import com.visiquate.ccproxy.records.question.PageQuestion;
import com.visiquate.ccproxy.records.question.PageQuestion.Cursor;
import com.visiquate.ccproxy.records.question.Period;
import com.visiquate.ccproxy.records.question.UsageQuestion;
import com.visiquate.ccproxy.store.Batches;
import com.visiquate.ccproxy.store.Database;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers questions. */
public final class RecordsReader {
  private final Database database;

  public RecordsReader(Database database) {
    this.database = database;
  }

  /** What was used: whole days from their sums, the rest from rows. */
  public UsageRows usage(UsageQuestion question) throws SQLException {
    Summary summary = database.read(connection -> Summary.of(connection, question));
    List<UsageRow> rows =
        summary.sums().all().entrySet().stream()
            .sorted(order(question))
            .limit(question.limit())
            .map(RecordsReader::row)
            .toList();
    Period period = question.period();
    return new UsageRows(
        period.begin(), period.end(), rows, summary.total().usage(), summary.values());
  }

  /** One page of requests. */
  public RequestRows requests(PageQuestion question) throws SQLException {
    Condition rows = new Condition(question.period(), question.filters(), question.key());
    Cursor after = question.after();
    if (after != null) {
      rows.and("(arrived, id) < (?, ?)", after.arrived(), after.id());
    }
    String text =
        "select %s from requests%s order by arrived desc, id desc limit %d"
            .formatted(RequestsTable.COLUMNS, rows, question.limit() + 1);
    List<RequestRecord> found =
        database.read(c -> Batches.query(c, text, RequestsTable::record, rows.values()));
    if (found.size() <= question.limit()) {
      return new RequestRows(found, "");
    }
    List<RequestRecord> page = found.subList(0, question.limit());
    return new RequestRows(page, Cursor.at(page.getLast()).text());
  }

  /** One request; null where there is none that this key may see. */
  public RequestFound request(String id, @Nullable String key) throws SQLException {
    String text = "select " + RequestsTable.COLUMNS + " from requests where id = ?";
    List<RequestRecord> found =
        database.read(c -> Batches.query(c, text, RequestsTable::record, id));
    return new RequestFound(
        found.stream()
            .filter(one -> key == null || key.equals(one.asked().key()))
            .findFirst()
            .orElse(null));
  }

  /** Days and hours in their order, all else by how much it is. */
  private static Comparator<Map.Entry<Sums.Place, Sum>> order(UsageQuestion question) {
    Comparator<Map.Entry<Sums.Place, Sum>> byValue =
        Comparator.comparing(each -> each.getKey().value());
    Comparator<Map.Entry<Sums.Place, Sum>> byDay =
        Comparator.comparingLong(each -> each.getKey().day());
    if (question.group().dimension() == Dimension.HOUR) {
      return byDay.thenComparing(byValue);
    }
    Comparator<Map.Entry<Sums.Place, Sum>> largest =
        Comparator.comparingLong(each -> -each.getValue().count(0));
    return byDay.thenComparing(largest).thenComparing(byValue);
  }

  private static UsageRow row(Map.Entry<Sums.Place, Sum> sum) {
    long day = sum.getKey().day();
    return new UsageRow(
        day == Sums.NO_DAY ? null : LocalDate.ofEpochDay(day).toString(),
        sum.getKey().value(),
        sum.getValue().usage());
  }
}
