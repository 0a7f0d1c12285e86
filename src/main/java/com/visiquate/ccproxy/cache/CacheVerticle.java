package com.visiquate.ccproxy.cache;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.CacheMessage.CacheStatus;
import com.visiquate.ccproxy.bus.CacheMessage.Purge;
import com.visiquate.ccproxy.bus.CacheMessage.Purged;
import com.visiquate.ccproxy.cache.store.AnswerKey;
import com.visiquate.ccproxy.cache.store.LocalAnswers;
import com.visiquate.ccproxy.cache.store.RedisAnswers;
import com.visiquate.ccproxy.cache.store.RemoteAnswers;
import com.visiquate.ccproxy.config.CacheSettings;
import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shares runs and keeps answers: between the ingresses and routing, for requests that may. */
public final class CacheVerticle extends VerticleBase {
  private final CacheSettings settings;
  private final FleetPlan plan;
  private final int number;
  private final InstantSource clock;
  private List<Bus.Subscription> subscriptions = List.of();
  private @Nullable Answers answers;

  /**
   * One that has kept nothing.
   *
   * @param number its number among the ingresses, for it is one to routing and to backends
   */
  public CacheVerticle(CacheSettings settings, FleetPlan plan, int number, InstantSource clock) {
    this.settings = settings;
    this.plan = plan;
    this.number = number;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    Fingerprints fingerprints = new Fingerprints(plan);
    Outlet outlet = new Outlet(bus, number);
    RemoteAnswers remote = remote(outlet);
    Answers kept = new Answers(new LocalAnswers(settings.size(), clock), remote, clock);
    // So that the first request finds a connection that stands, TLS and all.
    kept.look();
    CacheDesk desk = new CacheDesk(outlet, kept, fingerprints, settings.ttl(), clock);
    answers = kept;
    subscriptions =
        List.of(
            bus.listen(Address.CACHE_ASK, desk::heard),
            bus.listen(Address.ingress(number), desk::heard),
            bus.listen(Address.FLEET_STATUS, changed -> fingerprints.follow(changed.status())),
            bus.listen(Address.FLEET_PLAN, changed -> fingerprints.follow(changed.plan())),
            bus.answerLater(Address.CACHE_PURGE, purge -> purge(kept, purge)),
            bus.answer(Address.CACHE_STATUS, inquiry -> status(kept)));
    return Future.succeededFuture();
  }

  private RemoteAnswers remote(Outlet outlet) {
    return settings.redis().isThere()
        ? new RedisAnswers(vertx, clock, settings.redis(), outlet::asked)
        : RemoteAnswers.NONE;
  }

  private static Future<Purged> purge(Answers kept, Purge purge) {
    List<String> names = purge.keys().stream().map(name -> AnswerKey.text(name)).toList();
    return kept.delete(purge.model(), purge.namespace(), names).map(Purged::new);
  }

  private CacheStatus status(Answers kept) {
    RemoteAnswers.Absence absence = kept.look();
    return new CacheStatus(
        kept.size(), kept.bytes(), settings.redis().isThere(), absence.since(), absence.why());
  }

  @Override
  public Future<?> stop() {
    if (answers != null) {
      answers.close();
    }
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
  }
}
