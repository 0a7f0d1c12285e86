package com.visiquate.ccproxy.fleet;

import java.util.Locale;

/** What a constant is called in metrics, logs, headers and JSON. */
public final class Label {
  private Label() {}

  /** Its name in small letters. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
