package com.visiquate.ccproxy.fleet;

import java.util.Arrays;
import java.util.Locale;

/** How far two words are apart, for suggestions. */
public final class Spelling {
  private static final int LONGEST = 128;

  private Spelling() {}

  /**
   * Letters to insert, delete, replace or swap with their neighbour. Case does not count, nor does
   * anything behind the first 128 characters.
   */
  public static int distance(String left, String right) {
    String a = clipped(left);
    String b = clipped(right);
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    Arrays.setAll(last, column -> column);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = row(a, b, i, last, before);
      before = last;
      last = row;
    }
    return last[b.length()];
  }

  private static int[] row(String a, String b, int i, int[] last, int[] before) {
    int[] row = new int[b.length() + 1];
    row[0] = i;
    for (int j = 1; j <= b.length(); j++) {
      int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
      row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
      if (isSwapped(a, b, i, j)) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    return row;
  }

  private static boolean isSwapped(String a, String b, int i, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }

  private static String clipped(String word) {
    return word.substring(0, Math.min(LONGEST, word.length())).toLowerCase(Locale.ROOT);
  }
}
