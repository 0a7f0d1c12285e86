package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.bus.RearmableTimer;
import com.visiquate.ccproxy.bus.SteerMessage.Done;
import com.visiquate.ccproxy.bus.SteerMessage.Drain;
import com.visiquate.ccproxy.bus.SteerMessage.HoldBack;
import com.visiquate.ccproxy.bus.SteerMessage.Manage;
import com.visiquate.ccproxy.bus.SteerMessage.NotDone;
import com.visiquate.ccproxy.bus.SteerMessage.Return;
import com.visiquate.ccproxy.bus.SteerMessage.SteerReply;
import com.visiquate.ccproxy.bus.SteerMessage.Unload;
import com.visiquate.ccproxy.bus.WarmupMessage.Warm;
import com.visiquate.ccproxy.bus.WarmupMessage.WarmReply;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Withheld;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * What operators want of one backend, and what the warm-up wants: who gets work, and which models
 * are in memory. Owns when a backend that is held back gets work again.
 */
final class Management {
  private final Standing standing;
  private final Loads loads;
  private final Monitor monitor;
  private final RearmableTimer end;
  private final Runnable changed;

  Management(
      Standing standing, Loads loads, Monitor monitor, RearmableTimer end, Runnable changed) {
    this.standing = standing;
    this.loads = loads;
    this.monitor = monitor;
    this.end = end;
    this.changed = changed;
  }

  /** Loads a model that nobody has asked for yet. */
  Future<WarmReply> warm(Warm order) {
    return seen(loads.warm(order));
  }

  Future<SteerReply> manage(Manage wish) {
    return switch (wish) {
      case Drain(var by) -> Future.succeededFuture(drain(by));
      case HoldBack(var by, var span) -> Future.succeededFuture(holdBack(by, span));
      case Return() -> Future.succeededFuture(giveBack());
      case Unload(var model) -> seen(unload(model));
    };
  }

  /** Nothing is due any more. */
  void end() {
    end.clear();
  }

  private SteerReply drain(String by) {
    end.clear();
    standing.doors().withhold(new Withheld(by, null));
    String running = "%d running requests go on".formatted(standing.slots().running());
    return done("%s gets no new work until it is returned; " + running + ".");
  }

  private SteerReply holdBack(String by, Duration span) {
    standing.doors().withhold(new Withheld(by, standing.now().plus(span)));
    end.set(span, () -> standing.doors().withhold(null));
    return done("%s gets no new work for " + span.toSeconds() + " s.");
  }

  private SteerReply giveBack() {
    end.clear();
    standing.doors().withhold(null);
    return done("%s gets work again.");
  }

  private Future<SteerReply> unload(ModelSpec model) {
    if (standing.slots().isBusy(model.name())) {
      String why = "%s runs requests for %s; cancel them or wait.";
      return Future.succeededFuture(
          new NotDone(why.formatted(standing.spec().id(), model.name()), false));
    }
    String note = model.warm() ? "; the configuration wants it warm, so it is loaded again" : "";
    return loads
        .unload(model)
        .map(
            failed ->
                failed
                    .<SteerReply>map(failure -> new NotDone(failure.message(), false))
                    .orElseGet(
                        () -> done("%s has " + model.name() + " in memory no more" + note + ".")));
  }

  private SteerReply done(String words) {
    return new Done(words.formatted(standing.spec().id()));
  }

  /** What is in memory is looked at before and after. */
  private <T> Future<T> seen(Future<T> work) {
    monitor.readLoaded();
    changed.run();
    return work.onComplete(
        done -> {
          monitor.readLoaded();
          changed.run();
        });
  }
}
