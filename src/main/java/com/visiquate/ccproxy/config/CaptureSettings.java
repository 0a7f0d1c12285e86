package com.visiquate.ccproxy.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whose conversations are kept for training, because their owner has agreed, and where.
 *
 * @param folder for its user alone; empty for none
 * @param aliases names of models, as configured, whose conversations are kept
 * @param keys names of keys whose conversations are kept
 * @param patterns what is blanked besides keys, tokens and addresses of known shapes
 * @param size most bytes of all of them; then the oldest are deleted
 * @param keep age after which they are deleted
 */
public record CaptureSettings(
    String folder,
    List<String> aliases,
    List<String> keys,
    List<String> patterns,
    long size,
    Duration keep) {
  /** Nothing is kept. */
  public static final CaptureSettings OFF =
      new CaptureSettings("", List.of(), List.of(), List.of(), 1L << 30, Duration.ofDays(90));

  public CaptureSettings {
    aliases = List.copyOf(aliases);
    keys = List.copyOf(keys);
    patterns = List.copyOf(patterns);
  }

  public boolean isOn() {
    return !folder.isEmpty() && !(aliases.isEmpty() && keys.isEmpty());
  }

  /** The patterns, ready for use. */
  public List<Pattern> compiled() {
    return patterns.stream().map(Pattern::compile).toList();
  }
}
