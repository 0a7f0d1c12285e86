package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.TimelineMessage.DecisionFound;
import com.visiquate.ccproxy.bus.TimelineMessage.DecisionQuery;
import com.visiquate.ccproxy.bus.TimelineMessage.DecisionReply;
import com.visiquate.ccproxy.bus.TimelineMessage.DecisionUnknown;
import com.visiquate.ccproxy.bus.TimelineMessage.StretchesQuery;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/** Who held which slot when, and why a request started as it did; for operators. */
public final class TimelineRoute {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long USUAL = Duration.ofMinutes(15).toMillis();
  private static final long USUAL_LIMIT = 5_000;
  private static final long MOST = 100_000;
  private final Bus bus;
  private final Gate gate;
  private final InstantSource clock;

  public TimelineRoute(Bus bus, Gate gate, InstantSource clock) {
    this.bus = bus;
    this.gate = gate;
    this.clock = clock;
  }

  public void mount(SmallRoutes routes) {
    routes.read("/ccproxy/timeline", operators(routes, this::stretches));
    routes.read("/ccproxy/timeline/:exchange", operators(routes, this::decision));
  }

  private Handler<RoutingContext> operators(
      SmallRoutes routes, BiConsumer<SmallRoutes, RoutingContext> handler) {
    return context -> {
      Refusal objection = gate.operatorObjection(context.request());
      if (objection != null) {
        routes.refuse(context, objection);
      } else {
        handler.accept(routes, context);
      }
    };
  }

  private void stretches(SmallRoutes routes, RoutingContext context) {
    try {
      long to = number(context, "to", clock.millis(), Long.MAX_VALUE);
      long from = number(context, "from", to - USUAL, Long.MAX_VALUE);
      int limit = (int) number(context, "limit", USUAL_LIMIT, MOST);
      bus.ask(Address.TIMELINE_STRETCHES, new StretchesQuery(from, to, limit), PATIENCE)
          // A day of stretches is some megabytes: nobody waits until they are written.
          .compose(found -> context.vertx().executeBlocking(() -> TimelineJson.of(found), false))
          .onSuccess(body -> send(context, body))
          .onFailure(silence -> routes.refuse(context, silent(silence)));
    } catch (IllegalArgumentException wrong) {
      routes.refuse(context, wrong(wrong));
    }
  }

  private static long number(RoutingContext context, String name, long otherwise, long most) {
    String text = context.request().getParam(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    String expected =
        most == Long.MAX_VALUE ? "milliseconds since 1970" : "a number from 1 to " + most;
    try {
      long number = Long.parseLong(text.strip());
      if (number > 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(name + " must be " + expected + ".", noNumber);
    }
    throw new IllegalArgumentException(name + " must be " + expected + ".");
  }

  private static Refusal wrong(IllegalArgumentException wrong) {
    return Refusal.of(Failure.invalid(String.valueOf(wrong.getMessage()), null, "invalid_value"));
  }

  private void decision(SmallRoutes routes, RoutingContext context) {
    String id = context.pathParam("exchange");
    DecisionQuery query = new DecisionQuery(new ExchangeId(id == null ? "" : id));
    bus.ask(Address.TIMELINE_DECISION, query, PATIENCE)
        .onSuccess(reply -> told(routes, context, reply))
        .onFailure(silence -> routes.refuse(context, silent(silence)));
  }

  private static void told(SmallRoutes routes, RoutingContext context, DecisionReply reply) {
    switch (reply) {
      case DecisionFound found -> send(context, DecisionJson.of(found));
      case DecisionUnknown unknown -> routes.refuse(context, Refusal.noSuchStart());
    }
  }

  /** Nobody is there where no timeline is kept. */
  private static Refusal silent(Throwable silence) {
    return Bus.isLate(silence)
        ? Refusal.of(Failure.notReady())
        : Refusal.notKept("timeline", "timeline.hours");
  }

  private static void send(RoutingContext context, Buffer body) {
    SmallRoutes.send(context, 200, HttpReply.JSON, body);
  }
}
