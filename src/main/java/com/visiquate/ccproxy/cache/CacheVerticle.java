package com.visiquate.ccproxy.cache;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.CacheMessage.CacheStatus;
import com.visiquate.ccproxy.bus.CacheMessage.Purge;
import com.visiquate.ccproxy.bus.CacheMessage.Purged;
import com.visiquate.ccproxy.bus.SharedMessage.PurgeAll;
import com.visiquate.ccproxy.cache.store.AnswerKey;
import com.visiquate.ccproxy.cache.store.LocalAnswers;
import com.visiquate.ccproxy.cache.store.NodeAnswers;
import com.visiquate.ccproxy.cache.store.RedisAnswers;
import com.visiquate.ccproxy.cache.store.RemoteAnswers;
import com.visiquate.ccproxy.config.CacheSettings;
import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shares runs and keeps answers: between the ingresses and routing, for requests that may. */
public final class CacheVerticle extends VerticleBase {
  /** For an operator, who waits longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

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
    RemoteAnswers remote = remote(bus, outlet);
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
            bus.answerLater(Address.CACHE_PURGE, purge -> purge(bus, kept, purge)),
            bus.answer(Address.CACHE_DISCARD, purge -> discard(kept, purge)),
            bus.answer(Address.CACHE_STATUS, inquiry -> status(kept)));
    return Future.succeededFuture();
  }

  /** Who has configured a Redis shares that. */
  private RemoteAnswers remote(Bus bus, Outlet outlet) {
    if (settings.redis().isThere()) {
      return new RedisAnswers(vertx, clock, settings.redis(), outlet::asked);
    }
    return bus.isHeard(Address.SHARED_KEEP) ? new NodeAnswers(bus, clock) : RemoteAnswers.NONE;
  }

  /** Here, where it is shared, and what other nodes have by themselves. */
  private static Future<Purged> purge(Bus bus, Answers kept, Purge purge) {
    Purge named = named(purge);
    Future<Long> deleted = kept.delete(named.model(), named.namespace(), named.keys());
    if (!bus.isHeard(Address.SHARED_KEEP)) {
      return deleted.map(Purged::new);
    }
    PurgeAll all = new PurgeAll(named, AnswerKey.pattern(named.model(), named.namespace()));
    Future<Long> others =
        bus.ask(Address.SHARED_PURGE, all, PATIENCE).map(Purged::entries).otherwise(0L);
    return Future.join(deleted, others)
        .map(both -> new Purged(Math.max(deleted.result(), others.result())));
  }

  private static Purged discard(Answers kept, Purge purge) {
    return new Purged(kept.discard(purge.model(), purge.namespace(), named(purge).keys()));
  }

  private static Purge named(Purge purge) {
    List<String> names = purge.keys().stream().map(name -> AnswerKey.text(name)).toList();
    return new Purge(purge.model(), purge.namespace(), names);
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
