package com.visiquate.ccproxy.fleet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that an Ollama reports, as far as it tells how that behaves.
 *
 * @param known false when what it reports is no version; it counts as the older line then
 */
public record OllamaVersion(boolean known, int major, int minor) {
  private static final Pattern NUMBERS = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6}).*");

  /** The first version of the newer line, which stops abandoned prompts and stores caches. */
  private static final int NEWER_MINOR = 33;

  /** As it is reported; empty when that is not known. */
  public static OllamaVersion of(String reported) {
    Matcher numbers = NUMBERS.matcher(reported);
    return numbers.matches()
        ? new OllamaVersion(
            true, Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
        : new OllamaVersion(false, 0, 0);
  }

  /** Whether it is of the line that begins with 0.33. */
  public boolean isNewerLine() {
    return known && (major > 0 || minor >= NEWER_MINOR);
  }
}
