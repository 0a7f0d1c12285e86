package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.Failure;

/** One family's wire format: pure functions over bytes. */
public interface Dialect {
  Family family();

  /** Reads a request body; never throws. */
  Decoded decode(byte[] body);

  /** The answer to one understood request. */
  Answer answer(Decoded.Understood request, Identity identity);

  /** The body of a response that is an error from its start. */
  byte[] error(Failure failure, String requestId);
}
