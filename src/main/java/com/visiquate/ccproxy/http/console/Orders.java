package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.SteerMessage.Done;
import com.visiquate.ccproxy.bus.SteerMessage.Manage;
import com.visiquate.ccproxy.bus.SteerMessage.NotDone;
import com.visiquate.ccproxy.bus.SteerMessage.Steer;
import com.visiquate.ccproxy.bus.SteerMessage.SteerReply;
import com.visiquate.ccproxy.bus.SteerMessage.Unload;
import com.visiquate.ccproxy.bus.WarmupMessage.NotWarmed;
import com.visiquate.ccproxy.bus.WarmupMessage.Warm;
import com.visiquate.ccproxy.bus.WarmupMessage.WarmReply;
import com.visiquate.ccproxy.bus.WarmupMessage.Warmed;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.http.view.FleetView;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/** Asks the stage that owns a thing to change it. */
final class Orders {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final Bus bus;
  private final FleetView fleet;

  Orders(Bus bus, FleetView fleet) {
    this.bus = bus;
    this.fleet = fleet;
  }

  Future<SteerReply> steer(Steer wish) {
    return bus.ask(Address.ROUTING_STEER, wish, PATIENCE);
  }

  Future<SteerReply> manage(String backend, Manage wish) {
    return id(backend)
        .map(id -> bus.ask(Address.manage(id), wish, PATIENCE))
        .orElseGet(() -> unknown(backend));
  }

  Future<SteerReply> unload(String backend, String model) {
    return on(
        backend, model, (id, spec) -> bus.ask(Address.manage(id), new Unload(spec), PATIENCE));
  }

  /** A load takes as long as it takes; nobody waits at a button for that. */
  Future<SteerReply> warm(String backend, String model) {
    return on(
        backend,
        model,
        (id, spec) ->
            bus.ask(Address.warm(id), new Warm(spec), PATIENCE)
                .map(reply -> warmed(id, spec, reply))
                .recover(silence -> Bus.isLate(silence) ? loading(id, spec) : failed(silence)));
  }

  private Future<SteerReply> on(
      String backend, String model, BiFunction<BackendId, ModelSpec, Future<SteerReply>> order) {
    Optional<BackendId> id = id(backend);
    if (id.isEmpty()) {
      return unknown(backend);
    }
    Optional<ModelSpec> spec = plan().catalogue().model(new ModelName(model));
    return spec.filter(known -> known.backends().contains(id.get()))
        .map(known -> order.apply(id.get(), known))
        .orElseGet(() -> not("%s is not configured on %s.".formatted(model, backend)));
  }

  private Optional<BackendId> id(String backend) {
    return plan().backends().stream()
        .map(spec -> spec.id())
        .filter(id -> id.value().equals(backend))
        .findFirst();
  }

  private FleetPlan plan() {
    return fleet.plan();
  }

  private static SteerReply warmed(BackendId id, ModelSpec model, WarmReply reply) {
    return switch (reply) {
      case Warmed(var took) ->
          new Done(
              "%s has %s in memory; that took %d ms.".formatted(id, model.name(), took.toMillis()));
      case NotWarmed(var failure) -> new NotDone(failure.message(), false);
    };
  }

  private static Future<SteerReply> loading(BackendId id, ModelSpec model) {
    return Future.succeededFuture(
        new Done("%s loads %s; that takes a while yet.".formatted(id, model.name())));
  }

  private static Future<SteerReply> failed(Throwable cause) {
    return Future.failedFuture(cause);
  }

  private static Future<SteerReply> unknown(String backend) {
    return not("There is no backend %s.".formatted(backend));
  }

  private static Future<SteerReply> not(String why) {
    return Future.succeededFuture(new NotDone(why, true));
  }
}
