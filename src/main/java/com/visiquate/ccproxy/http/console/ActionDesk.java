package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.bus.SteerMessage.Done;
import com.visiquate.ccproxy.bus.SteerMessage.NotDone;
import com.visiquate.ccproxy.bus.SteerMessage.SteerReply;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.LogKeys;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.routes.SmallRoutes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what operators want done: who may, what exactly, what became of it; and logs each. */
final class ActionDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ActionDesk.class);

  /** More than any of them needs. */
  private static final int LARGEST_BODY = 16 * 1024;

  private static final String SOMEBODY = "somebody at this machine";

  private final Gate gate;
  private final ChangeGuard guard;
  private final SmallRoutes routes;

  ActionDesk(Gate gate, SmallRoutes routes) {
    this.gate = gate;
    this.guard = new ChangeGuard(gate);
    this.routes = routes;
  }

  /**
   * What somebody wants.
   *
   * @param id what it is about, as its path says
   * @param by who wants it, as others are told
   */
  record Wish(String id, JsonObject body, String by) {}

  /** A path by which something is done. */
  void take(String path, Function<Wish, Future<SteerReply>> action) {
    routes.post(path, context -> take(context, path, action));
  }

  private void take(
      RoutingContext context, String path, Function<Wish, Future<SteerReply>> action) {
    HttpServerRequest request = context.request();
    Refusal objection = guard.objection(request);
    if (objection != null || !BodySize.isAtMost(LARGEST_BODY, request)) {
      routes.refuse(context, objection == null ? Refusal.tooLarge(LARGEST_BODY) : objection);
      return;
    }
    AccessKey key = gate.key(request);
    String by = key == null ? SOMEBODY : key.name();
    request
        .body()
        .compose(body -> action.apply(new Wish(id(context), json(body), by)))
        .onSuccess(reply -> answer(context, path, by, reply))
        .onFailure(cause -> failed(context, cause));
  }

  private static String id(RoutingContext context) {
    return Optional.ofNullable(context.pathParam("id")).orElse("");
  }

  private static JsonObject json(Buffer body) {
    try {
      return body.length() == 0 ? new JsonObject() : new JsonObject(body);
    } catch (DecodeException | ClassCastException notAnObject) {
      throw new ActionRoutes.Unclear("The body must be a JSON object.", "");
    }
  }

  private static void answer(RoutingContext context, String path, String by, SteerReply reply) {
    switch (reply) {
      case Done(var what) -> {
        log(path, by, what, "an operator steered");
        SmallRoutes.send(
            context,
            200,
            HttpReply.JSON,
            Buffer.buffer(new JsonObject().put("done", what).encode()));
      }
      case NotDone(var why, var missing) -> {
        log(path, by, why, "an operator could not steer");
        JsonObject error =
            new JsonObject()
                .put("message", why)
                .put("type", "invalid_request_error")
                .put("code", missing ? "not_found" : "conflict");
        SmallRoutes.send(
            context,
            missing ? 404 : 409,
            HttpReply.JSON,
            Buffer.buffer(new JsonObject().put("error", error).encode()));
      }
    }
  }

  /** Names in a path are a client's words. */
  private static void log(String path, String by, String what, String message) {
    LOG.atInfo()
        .addKeyValue(LogKeys.OPERATOR, by)
        .addKeyValue(LogKeys.ROUTE, path)
        .addKeyValue(LogKeys.DETAIL, what.replaceAll("\\p{Cntrl}", "_"))
        .log(message);
  }

  private void failed(RoutingContext context, Throwable cause) {
    if (cause instanceof ActionRoutes.Unclear unclear) {
      String field = unclear.field().isEmpty() ? null : unclear.field();
      routes.refuse(context, Refusal.of(Failure.invalid(unclear.why(), field, "invalid_value")));
    } else if (!context.response().closed()) {
      LOG.warn("what an operator wanted was not answered", cause);
      routes.refuse(context, Refusal.of(Failure.notReady()));
    }
  }
}
