package com.visiquate.ccproxy.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table that reads well both as Markdown and on a terminal. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... heads) {
    rows.add(List.of(heads));
  }

  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.getFirst().size()];
    rows.forEach(
        row ->
            IntStream.range(0, widths.length)
                .forEach(i -> widths[i] = Math.max(widths[i], row.get(i).length())));
    List<String> lines = new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
    lines.add(
        1,
        IntStream.range(0, widths.length)
            .mapToObj(i -> rule(i, widths[i]))
            .collect(Collectors.joining("|", "|", "|")));
    return String.join("\n", lines);
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            i ->
                i == 0
                    ? row.get(i) + " ".repeat(widths[i] - row.get(i).length())
                    : " ".repeat(widths[i] - row.get(i).length()) + row.get(i))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String rule(int column, int width) {
    return column == 0 ? "-".repeat(width + 2) : "-".repeat(width + 1) + ":";
  }
}
