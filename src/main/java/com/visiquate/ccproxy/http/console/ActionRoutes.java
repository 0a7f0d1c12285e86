package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.bus.SteerMessage.Cancel;
import com.visiquate.ccproxy.bus.SteerMessage.Drain;
import com.visiquate.ccproxy.bus.SteerMessage.HoldBack;
import com.visiquate.ccproxy.bus.SteerMessage.Reclass;
import com.visiquate.ccproxy.bus.SteerMessage.Return;
import com.visiquate.ccproxy.bus.SteerMessage.StopClient;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.Priority;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** What operators may do, and by which paths. */
final class ActionRoutes {
  private static final String REQUEST = "/ccproxy/requests/:id/";
  private static final String BACKEND = "/ccproxy/backends/:id/";
  private static final long LONGEST_HOLD = Duration.ofDays(7).toSeconds();

  private final ActionDesk desk;
  private final Orders orders;

  ActionRoutes(ActionDesk desk, Orders orders) {
    this.desk = desk;
    this.orders = orders;
  }

  void mount() {
    desk.take(REQUEST + "cancel", wish -> orders.steer(new Cancel(new ExchangeId(wish.id()))));
    desk.take(
        REQUEST + "class",
        wish -> orders.steer(new Reclass(new ExchangeId(wish.id()), priority(wish.body()))));
    desk.take(
        "/ccproxy/clients/:id/stop", wish -> orders.steer(new StopClient(new ClientId(wish.id()))));
    desk.take(BACKEND + "drain", wish -> orders.manage(wish.id(), new Drain(wish.by())));
    desk.take(
        BACKEND + "hold",
        wish -> orders.manage(wish.id(), new HoldBack(wish.by(), seconds(wish.body()))));
    desk.take(BACKEND + "return", wish -> orders.manage(wish.id(), new Return()));
    desk.take(BACKEND + "warm", wish -> orders.warm(wish.id(), text(wish.body(), "model")));
    desk.take(BACKEND + "unload", wish -> orders.unload(wish.id(), text(wish.body(), "model")));
  }

  private static Priority priority(JsonObject body) {
    for (Priority priority : Priority.values()) {
      if (Label.of(priority).equals(body.getValue("class"))) {
        return priority;
      }
    }
    throw new Unclear("class must be interactive, normal or background.", "class");
  }

  private static Duration seconds(JsonObject body) {
    if (body.getValue("seconds") instanceof Number number
        && number.longValue() >= 1
        && number.longValue() <= LONGEST_HOLD) {
      return Duration.ofSeconds(number.longValue());
    }
    throw new Unclear("seconds must be a number from 1 to %d.".formatted(LONGEST_HOLD), "seconds");
  }

  private static String text(JsonObject body, String field) {
    return Optional.ofNullable(body.getValue(field))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> new Unclear("%s must be a text.".formatted(field), field));
  }

  /** A body that does not say what is wanted. */
  static final class Unclear extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String field;

    Unclear(String message, String field) {
      super(message, null, false, false);
      this.field = field;
    }

    String field() {
      return field;
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }
}
