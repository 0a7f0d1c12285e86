package com.visiquate.ccproxy.config.litellm;

import org.yaml.snakeyaml.error.Mark;

/**
 * What became of one key of a LiteLLM file.
 *
 * @param note the native setting that it became, or why it has no effect; may be empty
 */
public record Finding(Mark mark, String path, Verdict verdict, String note) {
  /** The three things that can become of a key. */
  public enum Verdict {
    USED("used"),
    WITHOUT_EFFECT("without effect"),
    UNKNOWN("unknown");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }
  }

  /** From 1, as people count. */
  public int line() {
    return mark.getLine() + 1;
  }

  /** {@code server.port: used: server.port}. */
  @Override
  public String toString() {
    return path + ": " + verdict.words + (note.isEmpty() ? "" : ": " + note);
  }
}
