package com.visiquate.ccproxy.config.litellm;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says of how its model runs, and of the Ollama where it runs.
 *
 * @param context null when it says nothing
 * @param keepAlive empty when it says nothing
 * @param options Ollama's own, by name
 * @param slots null when it says nothing
 * @param weight null when it says nothing
 */
record Tuning(
    @Nullable Integer context,
    String keepAlive,
    Map<String, ModelOptions.Option> options,
    @Nullable Integer slots,
    @Nullable String weight) {
  private static final int LEAST_WINDOW = 4;

  static Tuning read(Block params, Block info) {
    Optional<Integer> window =
        params
            .entry("num_ctx")
            .map(entry -> entry.used("models[].context"))
            .flatMap(Tuning::window);
    Optional<Integer> known =
        window.isPresent()
            ? Optional.empty()
            : info.entry("max_input_tokens")
                .map(entry -> entry.used("models[].context"))
                .flatMap(Tuning::window);
    return new Tuning(
        window.or(() -> known).orElse(null),
        params.entry("keep_alive").flatMap(Tuning::keepAlive).orElse(""),
        ModelOptions.read(params),
        params
            .entry("max_parallel_requests")
            .flatMap(entry -> entry.used("backends[].slots").whole(1))
            .orElse(null),
        params.entry("weight").flatMap(Tuning::weight).orElse(null));
  }

  /** Whether two entries can be one model. */
  boolean isLike(Tuning other) {
    return Objects.equals(context, other.context)
        && keepAlive.equals(other.keepAlive)
        && texts().equals(other.texts());
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    options.forEach((name, option) -> texts.put(name, option.text()));
    return texts;
  }

  private static Optional<Integer> window(Entry entry) {
    return entry.whole(LEAST_WINDOW);
  }

  private static Optional<String> weight(Entry entry) {
    Optional<BigDecimal> weight = entry.used("backends[].weight").number();
    if (weight.filter(number -> number.signum() <= 0).isPresent()) {
      entry.wrong("> 0; to use a backend no more, take its entry away");
      return Optional.empty();
    }
    return weight.map(BigDecimal::toPlainString);
  }

  /** Below zero is for ever, in whatever unit. */
  private static Optional<String> keepAlive(Entry entry) {
    return entry
        .used("models[].keep-alive")
        .value()
        .map(value -> value.text().startsWith("-") ? "-1" : value.text());
  }
}
