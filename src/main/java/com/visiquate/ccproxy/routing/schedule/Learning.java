package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.Fact.Belief;
import com.visiquate.ccproxy.bus.Fact.Corrected;
import com.visiquate.ccproxy.bus.Fact.PrefixSeen;
import com.visiquate.ccproxy.bus.ScheduleEvent.PromptCached;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import com.visiquate.ccproxy.routing.cache.CacheEvidence;
import com.visiquate.ccproxy.routing.cache.CacheModel;
import com.visiquate.ccproxy.routing.cache.CacheRule;
import com.visiquate.ccproxy.routing.cache.CacheTruth;
import com.visiquate.ccproxy.routing.cache.CacheTruth.Change;
import com.visiquate.ccproxy.routing.cache.Finding;
import com.visiquate.ccproxy.routing.dispatch.Fairness;
import com.visiquate.ccproxy.routing.estimate.Estimator;
import com.visiquate.ccproxy.routing.estimate.Forecast;
import com.visiquate.ccproxy.routing.estimate.Rate;
import com.visiquate.ccproxy.routing.estimate.ReturnStatistic;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draws the lessons of what has ended: how fast, how long, how much was cached, for whom. */
final class Learning {
  /** Of the time of a prompt: as much work of others beside it may have made it slow. */
  private static final double SLOWED = 0.25;

  private final FleetState fleet;
  private final Estimator estimator;
  private final Forecast forecast;
  private final Fairness fairness;

  Learning(FleetState fleet, Judgement judgement) {
    this.fleet = fleet;
    this.estimator = judgement.estimator();
    this.forecast = judgement.forecast();
    this.fairness = judgement.fairness();
  }

  /** A turn is over; what is to be expected of its conversation now. */
  ReturnStatistic ended(OpenExchange exchange, boolean calls, Instant now) {
    if (!exchange.isTurn()) {
      return new ReturnStatistic(false);
    }
    estimator.returns().ended(exchange, calls, now);
    return estimator.returns().expected(exchange, calls);
  }

  /** A request was answered to its end. */
  List<RoutingEffect> learn(Ended report, TakenSlot taken, Instant now) {
    OpenExchange exchange = taken.exchange();
    Counts counts = report.counts();
    long took = counts.promptNanos() + counts.outputNanos();
    forecast.learn(took, exchange.work());
    fairness.served(exchange.submission().client(), took, now);
    fleet
        .model(exchange.model())
        .ifPresent(
            spec -> fleet.view(report.backend()).ifPresent(view -> view.memory().loaded(spec)));
    return fleet.view(report.backend()).map(view -> learn(view, taken, counts)).orElseGet(List::of);
  }

  private List<RoutingEffect> learn(BackendView view, TakenSlot taken, Counts counts) {
    if (counts.promptTokens() == 0) {
      return List.of();
    }
    Rate rate = estimator.rate(view, taken.model());
    int expected = Math.min(counts.promptTokens(), rate.tokens(taken.lease().kept()));
    int observed = counts.cachedTokens() > 0 ? counts.cachedTokens() : rate.cached(counts);
    Finding finding = finding(taken, rate, counts);
    int found = finding == null ? expected : rate.tokens(finding.kept());
    int cached = Math.max(counts.cachedTokens(), Math.min(counts.promptTokens(), found));
    estimator.learn(view, taken.exchange(), counts.withCached(cached));
    if (!taken.exchange().leavesPrompt()) {
      return List.of();
    }
    double density = estimator.rate(view, taken.model()).density();
    Optional<CacheModel> cache = fleet.model(taken.model()).map(view::cache);
    cache.ifPresent(cacheModel -> cacheModel.density(density));
    PrefixSeen seen =
        new PrefixSeen(view.id(), taken.model(), counts.promptTokens(), expected, observed);
    List<RoutingEffect> effects = new ArrayList<>(2);
    effects.add(new RoutingEffect.Note(seen));
    if (cached > counts.cachedTokens()) {
      effects.add(cached(view, taken, cached));
    }
    if (finding != null && finding.change() != Change.NONE && cache.isPresent()) {
      effects.add(corrected(view, taken.model(), finding.change(), cache.get().truth()));
    }
    return effects;
  }

  private static RoutingEffect cached(BackendView view, TakenSlot taken, int tokens) {
    return new RoutingEffect.Happened(
        new PromptCached(taken.exchange().id(), view.id(), taken.model(), tokens));
  }

  /** What its prompt tells of the cache; nothing where it is not known how long prompts take. */
  private @Nullable Finding finding(TakenSlot taken, Rate rate, Counts counts) {
    boolean tells = estimator.corrects() && taken.hasSpoken() && rate.isCertain();
    if (!tells || !taken.exchange().leavesPrompt() || counts.outputNanos() == 0) {
      return null;
    }
    int told = counts.cachedTokens();
    double computed = told > 0 ? counts.promptTokens() - told : rate.computed(counts);
    boolean slowed = told == 0 && taken.beside() > SLOWED * counts.promptNanos();
    return taken.lease().testify(new CacheEvidence(counts.promptTokens(), computed, slowed));
  }

  private static RoutingEffect corrected(
      BackendView view, ModelName model, Change change, CacheTruth truth) {
    Belief belief = change == Change.RULE ? Belief.CACHE_RULE : Belief.CACHE_SIZE;
    boolean stores = truth.rule() == CacheRule.STORE;
    String now = stores ? "slots and %d tokens".formatted(truth.tokens()) : "slots only";
    return new RoutingEffect.Correct(new Corrected(view.id(), model, belief, now));
  }
}
