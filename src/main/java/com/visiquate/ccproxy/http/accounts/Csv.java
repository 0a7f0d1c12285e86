package com.visiquate.ccproxy.http.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of values as RFC 4180 wants them. */
final class Csv {
  private static final String LINE_END = "\r\n";
  private final List<String> lines = new ArrayList<>();

  Csv(List<String> titles) {
    row(titles);
  }

  /** What is null is an empty cell. */
  void row(List<? extends @Nullable Object> cells) {
    lines.add(cells.stream().map(Csv::cell).collect(Collectors.joining(",")));
  }

  private static String cell(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    // A spreadsheet takes what begins so for a formula; clients choose names.
    String safe =
        text.matches("[=+@\\t\\r-].*") && !text.matches("-?[0-9.E-]+") ? "'" + text : text;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return String.join(LINE_END, lines) + LINE_END;
  }
}
