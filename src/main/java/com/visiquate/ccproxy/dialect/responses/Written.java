package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.nio.charset.StandardCharsets;

/** Takes what was written piece by piece as one JSON value. */
final class Written {
  private Written() {}

  static RawJson json(ByteSink out) {
    return new RawJson(text(out));
  }

  static String text(ByteSink out) {
    return new String(out.take(), StandardCharsets.UTF_8);
  }
}
