package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.ReplayMessage.Figures;
import com.visiquate.ccproxy.bus.ReplayMessage.NotReplayed;
import com.visiquate.ccproxy.bus.ReplayMessage.ReplayQuery;
import com.visiquate.ccproxy.bus.ReplayMessage.ReplayReply;
import com.visiquate.ccproxy.bus.ReplayMessage.Replayed;
import com.visiquate.ccproxy.bus.ReplayMessage.Variant;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.config.DurationText;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.routes.SmallRoutes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What would have been with other settings; for operators. */
public final class ReplayRoute {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LONGEST = Duration.ofDays(14);
  private static final int LARGEST_BODY = 16 * 1024;
  private static final double MILLIS = 1e3;
  private final Bus bus;
  private final ChangeGuard guard;

  public ReplayRoute(Bus bus, Gate gate) {
    this.bus = bus;
    this.guard = new ChangeGuard(gate);
  }

  public void mount(SmallRoutes routes) {
    routes.post("/ccproxy/replay", context -> take(routes, context));
  }

  private void take(SmallRoutes routes, RoutingContext context) {
    Refusal objection = objection(context.request());
    if (objection != null) {
      routes.refuse(context, objection);
      return;
    }
    context
        .request()
        .body()
        .map(ReplayRoute::query)
        .compose(query -> bus.ask(Address.REPLAY, query, PATIENCE))
        .onSuccess(reply -> told(routes, context, reply))
        .onFailure(cause -> routes.refuse(context, refusal(cause)));
  }

  private @Nullable Refusal objection(HttpServerRequest request) {
    Refusal stranger = guard.objection(request);
    if (stranger != null) {
      return stranger;
    }
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean small = length != null && length.matches("\\d{1,5}");
    boolean fits = small && Integer.parseInt(length) <= LARGEST_BODY;
    return fits ? null : Refusal.tooLarge(LARGEST_BODY);
  }

  private static ReplayQuery query(Buffer body) {
    JsonObject json = object(body);
    Object since = json.getValue("since", "8h");
    Duration time = since instanceof String text ? time(text) : Duration.ZERO;
    if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
      throw new Unclear("since must be a time such as 8h, of 14 days at most.", "since");
    }
    Map<String, String> with = new TreeMap<>();
    if (!(json.getValue("with", new JsonObject()) instanceof JsonObject settings)) {
      throw new Unclear("with must be an object of settings and their values.", "with");
    }
    settings.forEach(entry -> with.put(entry.getKey(), String.valueOf(entry.getValue())));
    return new ReplayQuery(time, with);
  }

  private static Duration time(String text) {
    return DurationText.parse(text.strip()).orElse(Duration.ZERO);
  }

  private static JsonObject object(Buffer body) {
    try {
      return body.length() == 0 ? new JsonObject() : new JsonObject(body);
    } catch (DecodeException | ClassCastException noObject) {
      throw new Unclear("The body must be a JSON object.", null);
    }
  }

  private static void told(SmallRoutes routes, RoutingContext context, ReplayReply reply) {
    switch (reply) {
      case Replayed done ->
          SmallRoutes.send(context, 200, HttpReply.JSON, Buffer.buffer(json(done)));
      case NotReplayed(Failure failure) -> routes.refuse(context, Refusal.of(failure));
    }
  }

  private static Refusal refusal(Throwable cause) {
    if (cause instanceof Unclear unclear) {
      return Refusal.of(
          Failure.invalid(String.valueOf(cause.getMessage()), unclear.field, "invalid_value"));
    }
    return Bus.isLate(cause)
        ? Refusal.of(Failure.notReady())
        : Refusal.notKept("timeline", "timeline.hours");
  }

  private static String json(Replayed done) {
    JsonArray replayed = new JsonArray();
    for (Variant variant : done.replayed()) {
      JsonObject with = new JsonObject();
      variant.with().forEach(with::put);
      replayed.add(new JsonObject().put("with", with).mergeIn(figures(variant.figures())));
    }
    return new JsonObject()
            .put("requests", done.requests())
            .put("took_ms", done.took())
            .put("recorded", figures(done.recorded()))
            .put("replayed", replayed)
            .put("notes", new JsonArray(done.notes()))
            .encodePrettily()
        + "\n";
  }

  private static JsonObject figures(Figures figures) {
    return new JsonObject()
        .put("makespan_s", rounded(figures.makespan()))
        .put("first_token_p50_s", rounded(figures.firstToken50()))
        .put("first_token_p95_s", rounded(figures.firstToken95()))
        .put("hit_share", rounded(figures.hitShare()));
  }

  private static double rounded(double value) {
    return Math.round(MILLIS * value) / MILLIS;
  }

  /** A question that is not understood. */
  private static final class Unclear extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final @Nullable String field;

    Unclear(String message, @Nullable String field) {
      super(message, null, false, false);
      this.field = field;
    }
  }
}
