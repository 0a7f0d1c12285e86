package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.intake.Sessions;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.routes.SmallRoutes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** How a browser shows a key once, and is known by a cookie from then on. */
final class SessionRoute {
  private final Gate gate;
  private final Sessions sessions;
  private final SmallRoutes routes;

  SessionRoute(Gate gate, Sessions sessions, SmallRoutes routes) {
    this.gate = gate;
    this.sessions = sessions;
    this.routes = routes;
  }

  void mount() {
    routes.methods(
        "/ccproxy/session",
        Map.of(
            HttpMethod.GET, this::tell, HttpMethod.POST, this::open, HttpMethod.DELETE, this::end));
  }

  private void tell(RoutingContext context) {
    AccessKey key = gate.key(context.request());
    boolean operator = key == null ? !gate.asksForKeys() : key.operator();
    JsonObject body =
        new JsonObject()
            .put("operator", operator)
            .put("name", key == null ? null : key.name())
            .put("keys", gate.asksForKeys());
    SmallRoutes.send(context, 200, HttpReply.JSON, Buffer.buffer(body.encode()));
  }

  private void open(RoutingContext context) {
    HttpServerRequest request = context.request();
    Refusal objection = ChangeGuard.pageObjection(request);
    AccessKey key = gate.key(request);
    if (objection != null) {
      routes.refuse(context, objection);
    } else if (key == null && gate.asksForKeys()) {
      routes.refuse(context, gate.missingKey(request));
    } else {
      if (key != null) {
        context.response().addCookie(cookie(request, sessions.open(key)));
      }
      context.response().setStatusCode(204).end();
    }
  }

  private void end(RoutingContext context) {
    HttpServerRequest request = context.request();
    Refusal objection = ChangeGuard.pageObjection(request);
    if (objection != null) {
      routes.refuse(context, objection);
      return;
    }
    sessions.close(request);
    context.response().addCookie(cookie(request, "").setMaxAge(0)).setStatusCode(204).end();
  }

  private static Cookie cookie(HttpServerRequest request, String value) {
    // Whoever speaks TLS before us says so.
    boolean secure = request.isSSL() || "https".equals(request.getHeader("x-forwarded-proto"));
    return Cookie.cookie(Sessions.COOKIE, value)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setPath("/ccproxy")
        .setSecure(secure)
        .setMaxAge(Sessions.LONGEST.toSeconds());
  }
}
