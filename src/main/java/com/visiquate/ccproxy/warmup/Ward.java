package com.visiquate.ccproxy.warmup;

import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.KeepAlive;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One backend as warm-up sees it: its last status, its wishes, the load that is under way. */
final class Ward {
  /** After this time without work, a model that nobody asked for in advance may be replaced. */
  static final Duration QUIET = Duration.ofSeconds(60);

  private BackendSpec spec;
  private List<Wish> wishes = List.of();
  private @Nullable BackendStatus status;
  private @Nullable Instant idleSince;
  private boolean loading;

  Ward(BackendSpec spec) {
    this.spec = spec;
  }

  /** What it should have now; more models than it can run at once would only chase each other. */
  void plan(BackendSpec newSpec, List<ModelSpec> models) {
    spec = newSpec;
    List<Wish> planned = new ArrayList<>();
    models.stream()
        .filter(model -> model.warm() && !staysNot(model))
        .limit(spec.residentModels())
        .forEach(model -> planned.add(wish(model)));
    wishes = planned;
  }

  void status(BackendStatus now, Instant at) {
    boolean wasUp = status != null && status.health() != Health.DOWN;
    status = now;
    if (!wasUp || now.health() == Health.DOWN) {
      wishes.forEach(Wish::renew);
    }
    if (isBusy(now)) {
      idleSince = null;
    } else if (idleSince == null) {
      idleSince = at;
    }
  }

  /** The model to ask for now; from then on a load is under way. */
  Optional<ModelSpec> next(Instant now) {
    if (loading || status == null || status.health() != Health.UP) {
      return Optional.empty();
    }
    BackendStatus known = status;
    Optional<ModelSpec> due =
        wishes.stream().filter(wish -> isDue(wish, known, now)).map(Wish::model).findFirst();
    loading = due.isPresent();
    return due;
  }

  /** The load has ended, in whatever way. */
  Optional<Wish> ended(ModelName model) {
    loading = false;
    return wishes.stream().filter(wish -> wish.model().name().equals(model)).findFirst();
  }

  private boolean isDue(Wish wish, BackendStatus known, Instant now) {
    boolean resident = isResident(wish.model(), known);
    return wish.isDue(resident, now) && (resident ? mayAskAgain(wish, known) : mayLoad(known, now));
  }

  /** It may have been loaded with another window: then asking loads it anew, under what runs. */
  private static boolean mayAskAgain(Wish wish, BackendStatus known) {
    return wish.isConfirmed() || !isBusy(known);
  }

  /** A load must not push out a model that runs, or that somebody has just used. */
  private boolean mayLoad(BackendStatus known, Instant now) {
    long unplanned =
        known.loadedNames().stream()
            .filter(name -> wishes.stream().noneMatch(wish -> wish.model().isCalled(name)))
            .count();
    boolean pushesOut = known.loaded().size() >= spec.residentModels();
    boolean quiet = idleSince != null && !now.isBefore(idleSince.plus(QUIET));
    return !pushesOut || (quiet && unplanned > 0);
  }

  private Wish wish(ModelSpec model) {
    return wishes.stream()
        .filter(wish -> wish.model().equals(model))
        .findFirst()
        .orElseGet(() -> new Wish(model));
  }

  private static boolean isBusy(BackendStatus known) {
    return known.running() + known.ghosts() + known.waiting() > 0;
  }

  private static boolean isResident(ModelSpec model, BackendStatus known) {
    return known.loadedNames().stream().anyMatch(model::isCalled);
  }

  /** With such a {@code keep_alive}, asking for a load would unload. */
  private static boolean staysNot(ModelSpec model) {
    return KeepAlive.of(model.keepAlive()).map(Duration::isZero).orElse(false);
  }
}
