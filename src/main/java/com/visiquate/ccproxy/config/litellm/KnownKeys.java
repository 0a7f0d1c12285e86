package com.visiquate.ccproxy.config.litellm;

import com.visiquate.ccproxy.fleet.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** LiteLLM's keys by path, {@code model_list[].model_name}, with why those have no effect here. */
final class KnownKeys {
  private static final String TABLE = "known-keys.txt";
  private static final String USED = "used";
  private static final Map<String, String> REASONS = read();

  private KnownKeys() {}

  /** Why a known key has no effect; empty for one that has, and for an unknown one. */
  static Optional<String> whyNot(String path) {
    return Optional.ofNullable(REASONS.get(general(path))).filter(why -> !why.equals(USED));
  }

  /** The right place of a key that stands in a wrong one. */
  static Optional<String> elsewhere(String path) {
    String rest = general(path);
    for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
      rest = rest.substring(dot + 1);
      if (REASONS.containsKey(rest)) {
        return Optional.of(rest);
      }
    }
    String last = "." + rest;
    return REASONS.keySet().stream().filter(known -> known.endsWith(last)).findFirst();
  }

  /** The key of the same section that was probably meant; empty when none is near. */
  static String nearest(String path) {
    String general = general(path);
    String section = general.substring(0, general.lastIndexOf('.') + 1);
    String word = general.substring(section.length());
    int farthest = Math.max(1, word.length() / 3);
    return REASONS.keySet().stream()
        .filter(known -> known.startsWith(section))
        .map(known -> known.substring(section.length()).replaceAll("[.\\[].*", ""))
        .distinct()
        .filter(known -> Spelling.distance(known, word) <= farthest)
        .min(Comparator.comparingInt(known -> Spelling.distance(known, word)))
        .orElse("");
  }

  /** All of them, with {@code used} for those that have an effect. */
  static Map<String, String> all() {
    return REASONS;
  }

  private static String general(String path) {
    String cache = "^(general_settings\\.|litellm_settings\\.)?cache(_params)?\\.";
    return path.replaceAll("\\[\\d+]", "[]").replaceFirst(cache, "litellm_settings.cache_params.");
  }

  private static Map<String, String> read() {
    Map<String, String> reasons = new TreeMap<>();
    text()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              String why = line.substring(colon + 2).strip();
              for (String path : line.substring(0, colon).split(" +", -1)) {
                reasons.put(path, why);
              }
            });
    return reasons;
  }

  private static String text() {
    try (InputStream resource = KnownKeys.class.getResourceAsStream(TABLE)) {
      if (resource == null) {
        throw new IllegalStateException(TABLE + " is missing from the jar");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(TABLE + " cannot be read from the jar", broken);
    }
  }
}
