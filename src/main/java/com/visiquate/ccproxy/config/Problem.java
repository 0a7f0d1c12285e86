package com.visiquate.ccproxy.config;

/**
 * Something in the configuration that is wrong or doubtful, in the words that an operator reads.
 *
 * @param path of the setting, {@code backends[1].slots}; empty for the file itself
 * @param value what is written there, or what is wrong with it
 * @param expectation what should be there instead; empty when the value says it all
 * @param suggestion a known word that looks like the value; empty for none
 */
public record Problem(
    Place place, String path, String value, String expectation, String suggestion) {
  private static final int LONGEST = 120;

  static Problem of(Place place, String path, String value) {
    return new Problem(place, path, value, "", "");
  }

  static Problem expected(Place place, String path, String value, String expectation) {
    return new Problem(place, path, value, expectation, "");
  }

  static Problem suggesting(Place place, String path, String value, String suggestion) {
    return new Problem(place, path, value, "", suggestion);
  }

  public int line() {
    return place.line();
  }

  public int column() {
    return place.column();
  }

  /** {@code conf/ccproxy.yaml:7: backends[1].slots: 0 (expected: a whole number >= 1)}. */
  @Override
  public String toString() {
    return place
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + shown()
        + (expectation.isEmpty() ? "" : " (expected: " + expectation + ")")
        + (suggestion.isEmpty() ? "" : " (did you mean \"" + suggestion + "\"?)");
  }

  private String shown() {
    if (value.isEmpty()) {
      return "\"\"";
    }
    String line = value.replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
