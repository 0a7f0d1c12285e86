package com.visiquate.ccproxy.http.reply;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Family;
import io.vertx.core.http.HttpServerRequest;

/** Errors in the shape of the family that a request belongs to. */
public final class ErrorBody {
  private static final String VERSION = "anthropic-version";
  private final Dialects dialects;

  public ErrorBody(Dialects dialects) {
    this.dialects = dialects;
  }

  /** Whose client asks: its path says so, and where families share one, the header of one. */
  public static Family family(HttpServerRequest request) {
    Family family = Paths.family(request.path() == null ? "/" : request.path());
    boolean version = family == Family.OPENAI_CHAT && request.headers().contains(VERSION);
    return version ? Family.ANTHROPIC : family;
  }

  byte[] of(Failure failure, Family family, String requestId) {
    return dialects.of(family).error(failure, requestId);
  }
}
