package com.visiquate.ccproxy.fleet;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A name, or a pattern in which {@code *} is any run of characters, that leads to a model.
 *
 * @param priority the class of its requests; null leaves it to the other rules
 */
public record Alias(
    String pattern, ModelName model, @Nullable Priority priority, Pattern compiled) {
  public Alias(String pattern, ModelName model, @Nullable Priority priority) {
    this(pattern, model, priority, compile(pattern));
  }

  /** Whether a client that names {@code name} means this alias. Upper and lower case differ. */
  public boolean matches(String name) {
    return isPattern() ? compiled.matcher(name).matches() : pattern.equals(name);
  }

  public boolean isPattern() {
    return pattern.indexOf('*') >= 0;
  }

  /** Two aliases that say the same are equal, although their compiled patterns never are. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Alias alias
        && pattern.equals(alias.pattern)
        && model.equals(alias.model)
        && priority == alias.priority;
  }

  @Override
  public int hashCode() {
    return Objects.hash(pattern, model, priority);
  }

  private static Pattern compile(String pattern) {
    String regex =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.DOTALL);
  }
}
