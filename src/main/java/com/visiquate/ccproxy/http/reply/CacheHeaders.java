package com.visiquate.ccproxy.http.reply;

import com.visiquate.ccproxy.bus.CacheMessage.Told;
import com.visiquate.ccproxy.bus.CacheMessage.Use;
import com.visiquate.ccproxy.fleet.Label;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** What a response says of the cache: by RFC 9111 and RFC 9211, and in LiteLLM's words. */
final class CacheHeaders {
  private static final CharSequence CACHE = HttpHeaders.createOptimized("x-ccproxy-cache");
  private static final CharSequence STATUS = HttpHeaders.createOptimized("cache-status");
  private static final CharSequence KEY = HttpHeaders.createOptimized("x-litellm-cache-key");

  private CacheHeaders() {}

  static void write(MultiMap headers, Told told) {
    headers.set(CACHE, Label.of(told.use())).set(STATUS, "ccproxy; " + status(told));
    if (told.use() == Use.HIT) {
      headers.set(HttpHeaders.AGE, Long.toString(told.age().toSeconds()));
    }
    if (!told.key().isEmpty()) {
      headers.set(KEY, told.key());
    }
  }

  private static String status(Told told) {
    return switch (told.use()) {
      case HIT -> "hit; ttl=" + told.ttl().toSeconds();
      case JOINED -> "fwd=miss; collapsed";
      case MISS -> "fwd=miss";
      case BYPASS -> "fwd=bypass";
    };
  }
}
