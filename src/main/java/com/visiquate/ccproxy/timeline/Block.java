package com.visiquate.ccproxy.timeline;

import com.visiquate.ccproxy.fleet.ExchangeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of rows of one size and the few texts that they point to; full after so many rows. It is
 * forgotten as a whole, so that nothing in it is ever moved.
 */
final class Block {
  /** Letters of an exchange id in one cell, of five bits each. */
  private static final int LETTERS = 6;

  private static final int PARTS = 4;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  private final long base;
  private final int[] cells;
  private final List<Profile> profiles = new ArrayList<>();
  private final List<ExchangeId> otherIds = new ArrayList<>();

  /** Only while it is written to. */
  private Map<Profile, Integer> known = new HashMap<>();

  /** The same. */
  private Map<String, String> texts = new HashMap<>();

  private int rows;
  private long textBytes;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /**
   * An empty one.
   *
   * @param base the moment from which its rows count
   */
  Block(long base, int capacity) {
    this.base = base;
    this.cells = new int[capacity * Field.WIDTH];
  }

  int rows() {
    return rows;
  }

  boolean isFull() {
    return (rows + 1) * Field.WIDTH > cells.length;
  }

  /** About how much memory it takes, at most. */
  long bytes() {
    return 4L * cells.length + textBytes;
  }

  /** Nothing more is written but marks in rows that are there. */
  void seal() {
    known = Map.of();
    texts = Map.of();
  }

  /** Adds a row in which nothing is known; its number. */
  int add() {
    int row = rows++;
    int from = row * Field.WIDTH;
    Arrays.fill(cells, from, from + Field.WIDTH, Field.NONE);
    return row;
  }

  /** Whether anything in it may have been between two moments. */
  boolean overlaps(long from, long to) {
    return first <= to && last >= from;
  }

  /** The end of whatever ended last in it. */
  long last() {
    return last;
  }

  int get(int row, Field field) {
    return cells[row * Field.WIDTH + field.offset()];
  }

  void set(int row, Field field, int value) {
    cells[row * Field.WIDTH + field.offset()] = value;
  }

  boolean has(int row, Field field) {
    return get(row, field) != Field.NONE;
  }

  /** A moment, as milliseconds since 1970; to be asked only when there is one. */
  long moment(int row, Field field) {
    return base + get(row, field);
  }

  void moment(int row, Field field, long millis) {
    set(row, field, Math.clamp(millis - base, -Integer.MAX_VALUE, Integer.MAX_VALUE));
    first = Math.min(first, millis);
    last = Math.max(last, millis);
  }

  float number(int row, Field field, int index) {
    return Float.intBitsToFloat(cells[row * Field.WIDTH + field.offset() + index]);
  }

  void number(int row, Field field, int index, double value) {
    cells[row * Field.WIDTH + field.offset() + index] = Float.floatToIntBits((float) value);
  }

  Profile profile(int row) {
    return profiles.get(get(row, Field.PROFILE));
  }

  void profile(int row, Profile profile) {
    Integer number = known.get(profile);
    if (number == null) {
      number = profiles.size();
      profiles.add(profile.sharing(this::shared));
      known.put(profile, number);
      textBytes += profile.bytes();
    }
    set(row, Field.PROFILE, number);
  }

  private String shared(String text) {
    String known = texts.putIfAbsent(text, text);
    textBytes += known == null ? Profile.bytes(text) : 0;
    return known == null ? text : known;
  }

  ExchangeId id(int row, Field field) {
    int at = row * Field.WIDTH + field.offset();
    if (cells[at] < 0) {
      return otherIds.get(cells[at + 1]);
    }
    char[] letters = new char[PARTS * LETTERS];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = ALPHABET.charAt((cells[at + i / LETTERS] >> (5 * (i % LETTERS))) & 31);
    }
    return new ExchangeId(new String(letters));
  }

  /** The last row in which this exchange has a slot; -1 when there is none. */
  int lastRun(ExchangeId exchange) {
    int[] packed = packed(exchange.value());
    for (int row = rows - 1; row >= 0; row--) {
      if (has(row, Field.STARTED) && isOf(row, exchange, packed)) {
        return row;
      }
    }
    return -1;
  }

  private boolean isOf(int row, ExchangeId exchange, int @Nullable [] packed) {
    int at = row * Field.WIDTH + Field.ID.offset();
    return packed == null
        ? cells[at] < 0 && otherIds.get(cells[at + 1]).equals(exchange)
        : Arrays.equals(cells, at, at + PARTS, packed, 0, PARTS);
  }

  /** The ids that the gateway makes fill the cells; others are kept beside them. */
  void id(int row, Field field, ExchangeId id) {
    int at = row * Field.WIDTH + field.offset();
    int[] packed = packed(id.value());
    if (packed == null) {
      cells[at] = -1;
      cells[at + 1] = otherIds.size();
      otherIds.add(id);
      textBytes += Profile.bytes(id.value());
    } else {
      System.arraycopy(packed, 0, cells, at, PARTS);
    }
  }

  /** Null when it is none of the gateway's own. */
  private static int @Nullable [] packed(String text) {
    if (text.length() != PARTS * LETTERS) {
      return null;
    }
    int[] packed = new int[PARTS];
    for (int i = 0; i < text.length(); i++) {
      int letter = letter(text.charAt(i));
      if (letter < 0) {
        return null;
      }
      packed[i / LETTERS] |= letter << (5 * (i % LETTERS));
    }
    return packed;
  }

  private static int letter(char letter) {
    if (letter >= 'a' && letter <= 'z') {
      return letter - 'a';
    }
    return letter >= '2' && letter <= '7' ? letter - '2' + 26 : -1;
  }
}
