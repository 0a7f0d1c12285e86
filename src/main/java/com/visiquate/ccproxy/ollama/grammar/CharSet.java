package com.visiquate.ccproxy.ollama.grammar;

import java.util.ArrayList;
import java.util.List;

/** A set of characters as ranges in their order, which neither touch nor overlap. */
record CharSet(List<Range> ranges) {
  private static final int LAST = Character.MAX_CODE_POINT;

  static final CharSet ALL = of(0, LAST);
  static final CharSet DIGIT = of('0', '9');
  static final CharSet WORD = DIGIT.or(of('a', 'z')).or(of('A', 'Z')).or(of('_', '_'));
  static final CharSet SPACE =
      of('\t', '\r')
          .or(of(' ', ' '))
          .or(of(0xA0, 0xA0))
          .or(of(0x2028, 0x2029))
          .or(of(0xFEFF, 0xFEFF));
  static final CharSet NO_LINE_END =
      of('\n', '\n').or(of('\r', '\r')).or(of(0x2028, 0x2029)).complement();

  /** From one character to another, both included. */
  record Range(int from, int to) {}

  static CharSet of(int from, int to) {
    return new CharSet(List.of(new Range(from, to)));
  }

  CharSet or(CharSet other) {
    List<Range> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    all.sort((a, b) -> Integer.compare(a.from, b.from));
    List<Range> joined = new ArrayList<>();
    for (Range range : all) {
      Range last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && range.from <= last.to + 1) {
        joined.set(joined.size() - 1, new Range(last.from, Math.max(last.to, range.to)));
      } else {
        joined.add(range);
      }
    }
    return new CharSet(List.copyOf(joined));
  }

  CharSet complement() {
    List<Range> gaps = new ArrayList<>();
    int next = 0;
    for (Range range : ranges) {
      if (range.from > next) {
        gaps.add(new Range(next, range.from - 1));
      }
      next = range.to + 1;
    }
    if (next <= LAST) {
      gaps.add(new Range(next, LAST));
    }
    return new CharSet(List.copyOf(gaps));
  }

  CharSet without(CharSet other) {
    return complement().or(other).complement();
  }

  boolean has(int character) {
    return ranges.stream().anyMatch(range -> range.from <= character && character <= range.to);
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }
}
