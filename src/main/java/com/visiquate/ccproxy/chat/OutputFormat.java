package com.visiquate.ccproxy.chat;

/** What form the answer must have. */
public sealed interface OutputFormat {
  /** Free text. */
  record Text() implements OutputFormat {}

  /** Any JSON value. */
  record Json() implements OutputFormat {}

  /** JSON that fits a schema. */
  record Schema(RawJson schema) implements OutputFormat {}

  OutputFormat TEXT = new Text();
  OutputFormat JSON = new Json();
}
