package com.visiquate.ccproxy.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How the text of a setting becomes a value.
 *
 * @param expectation what the text must be, for problems
 * @param parse empty when the text is not that
 * @param print the value as it would be written
 */
record Kind<T>(String expectation, Function<String, Optional<T>> parse, Function<T, String> print) {

  static final Kind<String> TEXT = new Kind<>("a text", Optional::of, text -> text);
  static final Kind<Boolean> FLAG =
      new Kind<>("true or false", Kind::flag, value -> Boolean.toString(value));

  /** A text that is not empty. */
  static Kind<String> text(String expectation) {
    return TEXT.when(text -> !text.isBlank(), expectation);
  }

  static Kind<Integer> whole(int least) {
    return number(Integer::valueOf).when(value -> value >= least, "a whole number >= " + least);
  }

  static Kind<Integer> whole(int least, int most) {
    return number(Integer::valueOf)
        .when(value -> value >= least && value <= most, least + " to " + most);
  }

  static Kind<Double> decimal(Predicate<Double> bound, String expectation) {
    return number(Double::valueOf)
        .when(value -> Double.isFinite(value) && bound.test(value), expectation);
  }

  /** A duration that may be zero. */
  static Kind<Duration> duration() {
    return new Kind<>(
        "a duration such as 250ms, 300s, 5m or 1h", DurationText::parse, DurationText::print);
  }

  /** A duration that may not. */
  static Kind<Duration> positive() {
    return duration().when(Duration::isPositive, "a duration > 0s, such as 250ms, 300s, 5m or 1h");
  }

  static Kind<Long> size(long least, long most) {
    return new Kind<Long>("", SizeText::parse, SizeText::print)
        .when(
            value -> value >= least && value <= most,
            "a size from %s to %s, such as 64KiB or 32MiB"
                .formatted(SizeText.print(least), SizeText.print(most)));
  }

  /** One of a few words. */
  static <E> Kind<E> choice(List<E> values, Function<E, String> label) {
    List<String> words = values.stream().map(label).toList();
    Function<String, Optional<E>> parse =
        text -> values.stream().filter(value -> label.apply(value).equals(text)).findFirst();
    return new Kind<>(Words.oneOf(words), parse, label);
  }

  /** An enum as configuration writes it: {@code LEAST_BUSY} is {@code least-busy}. */
  static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    return choice(
        Stream.of(type.getEnumConstants()).toList(),
        value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  Kind<T> when(Predicate<T> bound, String expected) {
    return new Kind<>(expected, text -> parse.apply(text).filter(bound), print);
  }

  private static <N extends Number> Kind<N> number(Function<String, N> read) {
    return new Kind<>("a number", text -> number(text, read), Object::toString);
  }

  private static <N extends Number> Optional<N> number(String text, Function<String, N> read) {
    // The parsers of the JDK also take "1d", "0x1p3" and other digits; a configuration does not.
    if (!text.matches("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
      return Optional.empty();
    }
    try {
      return Optional.of(read.apply(text));
    } catch (NumberFormatException tooLargeOrNotWhole) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> flag(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
