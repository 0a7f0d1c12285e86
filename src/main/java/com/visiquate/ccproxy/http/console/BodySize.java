package com.visiquate.ccproxy.http.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** How large a body is, as far as it is known before it is read. */
final class BodySize {
  private BodySize() {}

  /** One without a length has no bound; none at all is small. */
  static boolean isAtMost(int most, HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean isChunked = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    return !isChunked
        && (length == null || (length.matches("\\d{1,5}") && Integer.parseInt(length) <= most));
  }
}
