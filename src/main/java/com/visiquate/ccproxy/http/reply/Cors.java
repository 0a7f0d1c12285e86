package com.visiquate.ccproxy.http.reply;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may use the gateway: those of this machine and those of an editor. Any other page
 * that an operator visits could spend the fleet's time, so it gets no leave.
 */
public final class Cors {
  private static final Pattern HERE =
      Pattern.compile(
          "https?://(localhost|[a-z0-9-]+\\.localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?"
              + "|(vscode-webview|vscode-file)://[A-Za-z0-9.-]+");

  private static final List<String> HEADERS =
      List.of("authorization", "content-type", "accept", "x-api-key", "x-app", "x-request-id");
  private static final List<String> HEADER_FAMILIES =
      List.of("anthropic-", "openai-", "x-stainless-", "x-ccproxy-", "x-claude-code-");

  private static final String EXPOSED =
      "request-id, x-request-id, retry-after, retry-after-ms, x-should-retry, x-ccproxy-backend,"
          + " x-ccproxy-model, x-ccproxy-queue-ms, x-ccproxy-queue-place,"
          + " x-ccproxy-queue-estimate-ms, x-ccproxy-attempts, x-ccproxy-loop";
  private static final String AN_HOUR = "3600";

  private Cors() {}

  static boolean allows(@Nullable String origin) {
    return origin != null && HERE.matcher(origin).matches();
  }

  /** Lets the page that asks read the response, whatever that will be. */
  public static void admit(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (allows(origin)) {
      request
          .response()
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
          .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED)
          .putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
  }

  /** Answers the question of a browser what its page may send; says nothing to other pages. */
  public static void preflight(HttpServerRequest request, String methods) {
    if (!allows(request.getHeader(HttpHeaders.ORIGIN))) {
      return;
    }
    MultiMap headers = request.response().headers();
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods);
    headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, AN_HOUR);
    String wanted = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    String granted = wanted == null ? "" : granted(wanted);
    if (!granted.isEmpty()) {
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, granted);
    }
  }

  /** Those of the headers that the clients of our families send. */
  static String granted(String wanted) {
    return Arrays.stream(wanted.toLowerCase(Locale.ROOT).split(",", -1))
        .map(String::strip)
        .filter(Cors::isKnown)
        .collect(Collectors.joining(", "));
  }

  private static boolean isKnown(String header) {
    return HEADERS.contains(header) || HEADER_FAMILIES.stream().anyMatch(header::startsWith);
  }
}
