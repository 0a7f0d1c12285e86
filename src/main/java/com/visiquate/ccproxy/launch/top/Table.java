package com.visiquate.ccproxy.launch.top;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns; where a line would be too long, the longest names are shortened. */
final class Table {
  private static final String GAP = "  ";
  private static final int SHORT = 8;

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... titles) {
    rows.add(List.of(titles));
  }

  /** A row may be shorter than the titles. */
  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** All rows, the titles first, none wider than so many columns if that can be. */
  List<String> lines(int columns) {
    int[] widths = widths();
    while (total(widths) > columns && widths[widest(widths)] > SHORT) {
      widths[widest(widths)]--;
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private int[] widths() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static int total(int[] widths) {
    int total = GAP.length() * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    return total;
  }

  private static int widest(int[] widths) {
    int widest = 0;
    for (int i = 1; i < widths.length; i++) {
      widest = widths[i] > widths[widest] ? i : widest;
    }
    return widest;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = shortened(row.get(i), widths[i]);
      line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static String shortened(String cell, int width) {
    return cell.length() <= width ? cell : cell.substring(0, width - 1) + "…";
  }
}
