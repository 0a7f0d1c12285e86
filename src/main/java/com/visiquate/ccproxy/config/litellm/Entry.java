package com.visiquate.ccproxy.config.litellm;

import com.visiquate.ccproxy.config.litellm.Finding.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A key of a LiteLLM file and what is written after it.
 *
 * @param mark where its key stands
 */
record Entry(Survey survey, String path, Mark mark, Node node) {
  private static final int LONGEST_NUMBER = 12;

  boolean isEmpty() {
    return node.getTag().equals(Tag.NULL);
  }

  /** The key has become a native setting. */
  Entry used(String as) {
    survey.found(this, Verdict.USED, as);
    return this;
  }

  Entry withoutEffect(String why) {
    survey.found(this, Verdict.WITHOUT_EFFECT, why);
    return this;
  }

  void wrong(String expectation) {
    survey.problem(this, described(), expectation);
  }

  void doubt(String what) {
    survey.doubt(this, what);
  }

  /** A single value, with its variable looked up; empty when there is none. */
  Optional<Value> value() {
    if (!(node instanceof ScalarNode scalar)) {
      wrong("a single value");
      return Optional.empty();
    }
    String text = scalar.getValue();
    Optional<String> variable = Variables.named(text);
    return variable.isPresent()
        ? variable.flatMap(this::looked)
        : Optional.of(new Value(text, Value.escaped(text)));
  }

  private Optional<Value> looked(String variable) {
    Optional<String> value = survey.variables().value(variable);
    if (value.isEmpty()) {
      String what = "the environment has no variable %s, so this is as if it were not written";
      doubt(what.formatted(variable));
    }
    return value.map(text -> new Value(text, survey.variables().reference(variable)));
  }

  Optional<Boolean> flag() {
    return value().flatMap(value -> flag(value.text()));
  }

  private Optional<Boolean> flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> Optional.of(true);
      case "false", "no", "off" -> Optional.of(false);
      default -> refused("true or false");
    };
  }

  Optional<BigDecimal> number() {
    return value().flatMap(value -> number(value.text()));
  }

  private Optional<BigDecimal> number(String text) {
    return text.length() <= LONGEST_NUMBER && text.matches("-?\\d+(\\.\\d+)?")
        ? Optional.of(new BigDecimal(text))
        : refused("a number");
  }

  /** A number that is whole and not less than another. */
  Optional<Integer> whole(int least) {
    Optional<BigDecimal> number = number();
    if (number.isPresent() && !isWhole(number.get(), least)) {
      return refused("a whole number >= " + least);
    }
    return number.map(BigDecimal::intValueExact);
  }

  private static boolean isWhole(BigDecimal number, int least) {
    return number.stripTrailingZeros().scale() <= 0
        && number.compareTo(BigDecimal.valueOf(least)) >= 0
        && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
  }

  /** Seconds, as a native duration. */
  Optional<String> seconds() {
    Optional<BigDecimal> seconds = number();
    if (seconds.isPresent() && seconds.get().signum() <= 0) {
      return refused("seconds > 0");
    }
    return seconds.map(Entry::duration);
  }

  private static String duration(BigDecimal seconds) {
    long millis = Math.max(1, seconds.movePointRight(3).longValue());
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  List<Entry> elements() {
    if (node instanceof SequenceNode list) {
      return Block.elements(this, list);
    }
    wrong("a list");
    return List.of();
  }

  Entry element(int index, Node element) {
    return new Entry(survey, path + "[" + index + "]", element.getStartMark(), element);
  }

  boolean isBlockOrWrong() {
    boolean isBlock = node instanceof MappingNode;
    if (!isBlock) {
      wrong("a section of keys and values");
    }
    return isBlock;
  }

  private <T> Optional<T> refused(String expectation) {
    wrong(expectation);
    return Optional.empty();
  }

  private String described() {
    return switch (node) {
      case MappingNode mapping -> "a section";
      case SequenceNode list -> "a list";
      case ScalarNode scalar when isEmpty() -> "nothing";
      case ScalarNode scalar -> scalar.getValue();
      default -> "something else";
    };
  }
}
