package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.records.question.Filter;
import com.visiquate.ccproxy.records.question.Period;
import com.visiquate.ccproxy.records.row.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rows; values go beside the text, never into it. */
final class Condition {
  private final StringBuilder text = new StringBuilder(" where ");
  private final List<Object> values = new ArrayList<>();

  Condition(Period period, List<Filter> filters, @Nullable String key) {
    text.append("arrived >= ? and arrived < ?");
    values.add(period.from());
    values.add(period.to());
    if (key != null) {
      and("api_key = ?", key);
    }
    filters.forEach(this::and);
  }

  Condition and(String more, Object... itsValues) {
    text.append(" and ").append(more);
    values.addAll(List.of(itsValues));
    return this;
  }

  private void and(Filter filter) {
    String column = filter.column().sql();
    Object value = filter.value();
    if (filter.column() == Column.TOOLS && value != null) {
      String name = "," + value + ",";
      and("replace(',' || tools || ',', ?, '') <> ',' || tools || ','", name);
    } else if (value == null) {
      text.append(" and ")
          .append(filter.column() == Column.TOOLS ? "tools = ''" : column + " is null");
    } else {
      and(column + " " + filter.relation() + " ?", value);
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }

  Object[] values() {
    return values.toArray();
  }
}
