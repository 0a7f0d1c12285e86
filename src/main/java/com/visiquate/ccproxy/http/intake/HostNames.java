package com.visiquate.ccproxy.http.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that clients may call this gateway by. A page can make its own site's name mean this
 * machine ("DNS rebinding"); then its browser takes the gateway for that site, and only the name in
 * {@code Host} tells.
 *
 * <p>Names that no site on the internet can have are always good: addresses, names without a dot,
 * and those that are reserved for machines nearby. With further names configured nobody else comes
 * in. Without, programs do, because a proxy in front hands its own name on; browsers do not.
 */
final class HostNames {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-f:.]*:[0-9a-f:.]*]?");
  private static final List<String> NEARBY =
      List.of(".localhost", ".local", ".internal", ".home.arpa");
  private final String own;
  private final List<String> configured;

  HostNames(String own, List<String> configured) {
    this.own = own.toLowerCase(Locale.ROOT);
    this.configured = configured.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  boolean trust(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (authority == null) {
      return true;
    }
    String host = authority.host().toLowerCase(Locale.ROOT);
    return isGood(host) || (configured.isEmpty() && !isFromPage(request, host));
  }

  boolean isGood(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.indexOf('.') < 0
        || ADDRESS.matcher(name).matches()
        || NEARBY.stream().anyMatch(name::endsWith)
        || name.equals(own)
        || configured.stream().anyMatch(known -> isCalled(known, name));
  }

  private static boolean isCalled(String known, String name) {
    return known.startsWith("*.") ? name.endsWith(known.substring(1)) : known.equals(name);
  }

  /** A page of the site that it calls us by, or a browser that somebody looks at. */
  private static boolean isFromPage(HttpServerRequest request, String host) {
    String origin = text(request.getHeader(HttpHeaders.ORIGIN));
    return origin.replaceFirst("^[a-z]+://", "").replaceFirst(":\\d+$", "").equals(host)
        || text(request.getHeader(HttpHeaders.USER_AGENT)).startsWith("mozilla/");
  }

  private static String text(@Nullable String header) {
    return header == null ? "" : header.toLowerCase(Locale.ROOT);
  }
}
