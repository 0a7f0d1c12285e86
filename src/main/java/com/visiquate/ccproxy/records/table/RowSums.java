package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import com.visiquate.ccproxy.records.account.Dimension;
import com.visiquate.ccproxy.records.question.Period;
import com.visiquate.ccproxy.records.question.UsageQuestion;
import com.visiquate.ccproxy.records.row.Column;
import com.visiquate.ccproxy.records.row.SlotText;
import com.visiquate.ccproxy.store.Batches;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sums of rows, for what is not summed up in advance. */
final class RowSums {
  /** In the order of {@code Sum}. */
  private static final String SUMS =
      """
      count(*),
      sum(case when outcome = 'completed' then 1 else 0 end),
      sum(case when outcome in ('completed', 'client_gone') then 0 else 1 end),
      sum(prompt_tokens), sum(cached_tokens), sum(output_tokens), sum(thinking_tokens),
      sum(lost_tokens), sum(queue_us), sum(load_us), sum(prompt_us), sum(output_us),
      sum(ended - arrived), sum(machine_us), sum(cost), sum(saved)
      """;

  private static final long HOUR = 3_600_000_000L;
  private final UsageQuestion question;
  private final @Nullable Dimension dimension;
  private final String day;

  RowSums(UsageQuestion question) {
    this.question = question;
    this.dimension = question.group().dimension();
    this.day = question.group().daily() ? "arrived / 86400000000" : "-1";
  }

  void addTo(Sums sums, Connection connection, Period period) throws SQLException {
    if (period.isEmpty()) {
      return;
    }
    Condition rows = new Condition(period, question.filters(), question.key());
    Batches.query(
        connection,
        "select %s, %s, %s from requests%s group by 1, 2".formatted(day, value(), SUMS, rows),
        row -> add(sums, row),
        rows.values());
    if (dimension == Dimension.BACKEND) {
      divide(sums, connection, rows.and("slots is not null"));
    }
  }

  private String value() {
    if (dimension == null) {
      Column column = Objects.requireNonNull(question.group().column());
      return "coalesce(cast(%s as text), '')".formatted(column.sql());
    }
    return switch (dimension) {
      case ALL -> "''";
      case HOUR -> "arrived / " + HOUR;
      case TOOL -> "tools";
      default -> "coalesce(" + Objects.requireNonNull(dimension.column()).sql() + ", '')";
    };
  }

  private Sums add(Sums sums, ResultSet row) throws SQLException {
    long on = row.getLong(1);
    String value = row.getString(2);
    if (dimension == Dimension.TOOL) {
      for (String tool : value.split(",", -1)) {
        sums.at(on, tool).add(UsageTable.sum(row, 3));
      }
    } else {
      String name =
          dimension == Dimension.HOUR ? Dimension.hour(Long.parseLong(value) * HOUR) : value;
      sums.at(on, name).add(UsageTable.sum(row, 3));
    }
    return sums;
  }

  /** Machine time is each backend's own, not that of where a request ran last. */
  private void divide(Sums sums, Connection connection, Condition rows) throws SQLException {
    Batches.query(
        connection,
        "select %s, coalesce(backend, ''), machine_us, slots from requests%s".formatted(day, rows),
        row -> {
          sums.at(row.getLong(1), row.getString(2)).addMachine(-row.getLong(3));
          for (SlotUse use : SlotText.read(row.getString(4), null, 0).uses()) {
            sums.at(row.getLong(1), use.backend()).addMachine(use.micros());
          }
          return sums;
        },
        rows.values());
  }
}
