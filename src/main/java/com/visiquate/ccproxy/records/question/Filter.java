package com.visiquate.ccproxy.records.question;

import com.visiquate.ccproxy.records.row.Column;
import com.visiquate.ccproxy.records.row.Column.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a column must be.
 *
 * @param relation of SQL
 * @param value a text, a long or a double; null for none at all
 */
public record Filter(Column column, String relation, @Nullable Object value) {
  private static final Pattern COMPARED = Pattern.compile("(>=|<=|>|<|)(.*)");
  private static final Set<Column> MOMENTS =
      Set.of(Column.ARRIVED, Column.FIRST_TOKEN, Column.ENDED);
  private static final Set<Column> FLAGS = Set.of(Column.STREAMED, Column.CACHE_HIT);

  static List<Filter> all(Map<String, String> written, Instant now) throws NotUnderstood {
    List<Filter> filters = new ArrayList<>();
    for (Map.Entry<String, String> one : written.entrySet()) {
      filters.add(of(ColumnNames.column(one.getKey()), one.getValue(), now));
    }
    return filters;
  }

  private static Filter of(Column column, String text, Instant now) throws NotUnderstood {
    if (column.kind() == Kind.TEXT) {
      return new Filter(column, "=", text.isEmpty() ? null : text);
    }
    Matcher compared = COMPARED.matcher(text);
    compared.matches();
    String relation = compared.group(1).isEmpty() ? "=" : compared.group(1);
    String value = compared.group(2);
    return new Filter(column, relation, value.isEmpty() ? null : number(column, value, now));
  }

  private static Object number(Column column, String value, Instant now) throws NotUnderstood {
    if (FLAGS.contains(column) && value.matches("true|false")) {
      return value.equals("true") ? 1L : 0L;
    }
    if (value.matches("-?\\d{1,18}")) {
      return Long.valueOf(value);
    }
    if (MOMENTS.contains(column)) {
      return Moments.parse(value, column.label(), now);
    }
    if (column.kind() == Kind.REAL && value.matches("-?\\d{1,15}\\.\\d{1,15}")) {
      return Double.valueOf(value);
    }
    throw new NotUnderstood(
        "%s: \"%s\" is no number (expected: 10, or >10, >=10, <10, <=10)"
            .formatted(column.label(), value),
        column.label());
  }

  /** Whether it names one value of its column. */
  public boolean isEqual() {
    return relation.equals("=");
  }

  /** Its value as sums know it. */
  public String text() {
    return value == null ? "" : value.toString();
  }
}
