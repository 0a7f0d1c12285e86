package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.routes.SmallRoutes;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The pages of the console, the same for everybody; what they show is asked for by themselves. */
final class PageRoutes {
  private static final String FILES = "/ccproxy/console/";

  /** Nothing but what comes from here, and no code in the page itself. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  private final PageFiles files;
  private final SmallRoutes routes;

  PageRoutes(PageFiles files, SmallRoutes routes) {
    this.files = files;
    this.routes = routes;
  }

  void mount() {
    // To the router both are one, but what the page names by itself needs the slash.
    routes.read(
        "/ccproxy",
        context -> {
          if ("/ccproxy".equals(context.request().path())) {
            redirect(context);
          } else {
            send(context, PageFiles.PAGE, ASK_AGAIN, "same-origin");
          }
        });
    // Pages of other origins may load this one.
    routes.read(
        "/ccproxy/models.js", context -> send(context, "models.js", ASK_AGAIN, "cross-origin"));
    routes.read(FILES + "*", this::file);
  }

  private static void redirect(RoutingContext context) {
    context.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, "/ccproxy/").end();
  }

  /** A file by its name, or by the version and its name: then it may be kept for ever. */
  private void file(RoutingContext context) {
    String path = Optional.ofNullable(context.request().path()).orElse("");
    String name = path.startsWith(FILES) ? path.substring(FILES.length()) : "";
    String versioned = files.version() + "/";
    boolean isOfNow = name.startsWith(versioned);
    send(
        context,
        isOfNow ? name.substring(versioned.length()) : name,
        isOfNow ? FOR_EVER : ASK_AGAIN,
        "same-origin");
  }

  private void send(RoutingContext context, String name, String keeping, String readers) {
    files
        .find(name)
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    file -> send(context, file, keeping, readers),
                    () -> routes.refuse(context, Refusal.noSuchPath(FILES + name))))
        .onFailure(context::fail);
  }

  private static void send(RoutingContext context, PageFile file, String keeping, String readers) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    protect(response.headers(), readers);
    response
        .putHeader(HttpHeaders.CACHE_CONTROL, keeping)
        .putHeader(HttpHeaders.ETAG, file.tag())
        .headers()
        .add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && known.contains(file.tag())) {
      response.setStatusCode(304).end();
      return;
    }
    byte[] packed = takesGzip(request) ? file.packed() : null;
    byte[] bytes = packed == null ? file.bytes() : packed;
    response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
    if (packed != null) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(Buffer.buffer(bytes));
    }
  }

  static void protect(MultiMap headers, String readers) {
    headers
        .set("content-security-policy", POLICY)
        .set("x-content-type-options", "nosniff")
        .set("x-frame-options", "DENY")
        .set("referrer-policy", "no-referrer")
        .set("cross-origin-opener-policy", "same-origin")
        .set("cross-origin-resource-policy", readers);
  }

  private static boolean takesGzip(HttpServerRequest request) {
    String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    return accepted != null && accepted.contains("gzip");
  }
}
