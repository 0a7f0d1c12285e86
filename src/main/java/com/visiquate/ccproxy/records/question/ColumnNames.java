package com.visiquate.ccproxy.records.question;

import com.visiquate.ccproxy.fleet.Spelling;
import com.visiquate.ccproxy.records.row.Column;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds columns by what they are called. */
final class ColumnNames {
  private static final int SUGGESTIONS = 3;

  private ColumnNames() {}

  static Column column(String name) throws NotUnderstood {
    if (name.equals("tool")) {
      return Column.TOOLS;
    }
    for (Column column : Column.ALL) {
      if (column.label().equals(name)) {
        return column;
      }
    }
    throw unknown(name, name, Column.labels());
  }

  static NotUnderstood unknown(String name, String param, Collection<String> known) {
    List<String> nearest =
        known.stream()
            .sorted(Comparator.comparingInt((String one) -> Spelling.distance(one, name)))
            .limit(SUGGESTIONS)
            .toList();
    return new NotUnderstood(
        "There is no column \"%s\" (nearest: %s).".formatted(name, String.join(", ", nearest)),
        param);
  }
}
