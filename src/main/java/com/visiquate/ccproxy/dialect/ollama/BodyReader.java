package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Field;

/** Reads the body of one endpoint; throws {@link BadField}. */
@FunctionalInterface
interface BodyReader {
  Asked read(Field body);

  /** The same for bytes that may be anything; never throws. */
  default Asked read(byte[] body) {
    try {
      return read(Field.parse(body));
    } catch (BadField bad) {
      return new Asked.Wrong(bad.failure());
    }
  }
}
