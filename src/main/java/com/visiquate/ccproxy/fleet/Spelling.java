package com.visiquate.ccproxy.fleet;

import java.util.Locale;

/** How far two words are apart, for suggestions. */
public final class Spelling {
  private static final int LONGEST = 128;

  private Spelling() {}

  /** Levenshtein distance without regard to case; only the first 128 characters count. */
  public static int distance(String left, String right) {
    String a = clipped(left);
    String b = clipped(right);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      nextRow(row, a.charAt(i - 1), b, i);
    }
    return row[b.length()];
  }

  private static void nextRow(int[] row, char c, String b, int i) {
    int diagonal = row[0];
    row[0] = i;
    for (int j = 1; j <= b.length(); j++) {
      int above = row[j];
      int replaced = diagonal + (c == b.charAt(j - 1) ? 0 : 1);
      row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
      diagonal = above;
    }
  }

  private static String clipped(String word) {
    return word.substring(0, Math.min(LONGEST, word.length())).toLowerCase(Locale.ROOT);
  }
}
