package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may change something: an operator, or somebody at this machine while nobody needs a key; and
 * never a page of somebody else. A form can send neither the header nor hide where it comes from.
 */
final class ChangeGuard {
  static final String HEADER = "x-ccproxy-console";
  private final Gate gate;

  ChangeGuard(Gate gate) {
    this.gate = gate;
  }

  /** Why nothing may be changed by it; null when it may. */
  @Nullable Refusal objection(HttpServerRequest request) {
    Refusal stranger = pageObjection(request);
    return stranger == null ? personObjection(request) : stranger;
  }

  /**
   * The same for paths that scripts of others use, who know no header of ours. Only where a browser
   * would bring a cookie, or nobody brings anything, a page of somebody else could do harm: it
   * cannot hide its origin.
   */
  @Nullable Refusal scriptObjection(HttpServerRequest request) {
    return isOwnPage(request) ? personObjection(request) : Refusal.strangeOrigin();
  }

  private @Nullable Refusal personObjection(HttpServerRequest request) {
    Refusal objection = gate.operatorObjection(request);
    boolean isFree = objection == null && !gate.asksForKeys();
    return isFree && !isNear(request) ? Refusal.changedFromHereOnly() : objection;
  }

  /** Why it may be the work of another page. */
  static @Nullable Refusal pageObjection(HttpServerRequest request) {
    if (!"1".equals(request.getHeader(HEADER))) {
      return Refusal.consoleHeaderMissing();
    }
    return isOwnPage(request) ? null : Refusal.strangeOrigin();
  }

  private static boolean isOwnPage(HttpServerRequest request) {
    String site = request.getHeader("sec-fetch-site");
    boolean isOwn = site == null || site.equals("same-origin") || site.equals("none");
    return isOwn && isOwnOrigin(request);
  }

  private static boolean isOwnOrigin(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String host = request.getHeader(HttpHeaders.HOST);
    return origin == null || (host != null && origin.matches("https?://.*") && isOf(origin, host));
  }

  private static boolean isOf(String origin, String host) {
    String place = origin.substring(origin.indexOf("://") + 3);
    return place.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
  }

  /** What a proxy on this machine hands on may come from anywhere. */
  private static boolean isNear(HttpServerRequest request) {
    SocketAddress remote = request.remoteAddress();
    boolean handedOn =
        request.headers().contains("x-forwarded-for") || request.headers().contains("forwarded");
    return remote != null && !handedOn && isLoopback(remote.hostAddress());
  }

  private static boolean isLoopback(@Nullable String address) {
    return address != null
        && (address.startsWith("127.")
            || address.equals("::1")
            || address.startsWith("0:0:0:0:0:0:0:1"));
  }
}
