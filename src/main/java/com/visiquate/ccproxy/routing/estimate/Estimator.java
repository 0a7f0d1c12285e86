package com.visiquate.ccproxy.routing.estimate;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import com.visiquate.ccproxy.routing.cache.Outlook;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Says what a request would cost; owns what has been learnt about speeds and habits. */
public final class Estimator {
  /** What takes so many times longer than it should is stuck; longer yet where that is a guess. */
  private static final long STUCK = 3;

  private static final long GUESSED = 12;

  private static final long LEAST_STUCK = Duration.ofSeconds(30).toNanos();

  private final Rates rates;
  private final ReturnStatistics returns = new ReturnStatistics();
  private final FleetState fleet;
  private final Holds holds;
  private final Tuning tuning;

  public Estimator(FleetState fleet, Holds holds, Tuning tuning) {
    this.fleet = fleet;
    this.holds = holds;
    this.tuning = tuning;
    this.rates = new Rates(tuning.prior());
  }

  public ReturnStatistics returns() {
    return returns;
  }

  public Rate rate(BackendView backend, ModelName model) {
    return rates.of(backend.spec(), model);
  }

  /** Whether what was seen of caches corrects what is believed of them. */
  public boolean corrects() {
    return tuning.corrects();
  }

  public void learn(BackendView backend, OpenExchange exchange, Counts counts) {
    boolean spoke = counts.outputNanos() > 0 || !exchange.leavesPrompt();
    if (spoke && tuning.learns()) {
      rates.learn(backend.spec(), exchange.model(), counts, exchange.chain().length());
    }
    returns.answered(exchange.alias(), counts.outputTokens());
  }

  public void keepOnly(Set<BackendId> backends) {
    rates.keepOnly(backends);
  }

  /** What a request would cost on a backend if it started now. */
  public Estimate estimate(
      OpenExchange exchange, ModelSpec model, BackendView backend, Instant now) {
    return estimate(exchange, model, backend, pressure(backend, now), now);
  }

  /** The same, where it is known already what else is going on there. */
  public Estimate estimate(
      OpenExchange exchange, ModelSpec model, BackendView backend, Pressure pressure, Instant now) {
    Rate rate = rates.of(backend.spec(), model.name());
    Outlook outlook = outlook(exchange, model, backend);
    int tokens = rate.tokens(exchange.chain().length());
    int cached = tuning.remembers() ? Math.min(tokens - 1, rate.tokens(outlook.kept())) : 0;
    double load = backend.memory().isResident(model) ? 0 : rate.load();
    double prompt = rate.prompt() * (tokens - cached);
    Work work = new Work((long) load, (long) prompt, (long) output(exchange, rate));
    double loss = tuning.loss() * holds.loss(outlook.displaced(), rate, now);
    double stall = tuning.stall() * pressure.answers() * prompt;
    long delay = isHome(exchange, model, backend) ? 0 : delay(model, backend, work, now);
    long held = holds.remaining(exchange, outlook, rate, delay, now);
    boolean shared = backend.slots(model.name()) > 1;
    int most = Batch.tokens(model);
    long batch = (long) (rate.prompt() * (shared ? most : Math.min(tokens, most)));
    long wait = pressure.prompts();
    long times = rate.isLearnt() ? STUCK : GUESSED;
    long longest = Math.max(LEAST_STUCK, times * (wait + work.untilFirstToken()));
    return new Estimate(
        work, 0, wait, tokens, cached, (long) loss, (long) stall, held, batch, longest);
  }

  /** Nanoseconds that even an Ollama that stops may go on with an abandoned prompt. */
  public long batch(BackendView backend, ModelName model) {
    double prompt = rate(backend, model).prompt();
    return fleet.model(model).map(spec -> (long) (prompt * Batch.tokens(spec))).orElse(0L);
  }

  /** Whether its own conversation is cached there, so that it would come back to its place, too. */
  private static boolean isHome(OpenExchange exchange, ModelSpec model, BackendView backend) {
    return !exchange.isStranger() && backend.cache(model).kept(exchange.chain()) > 0;
  }

  /** How long whoever comes back in the meantime has to wait for a slot, if it takes one. */
  private static long delay(ModelSpec model, BackendView backend, Work work, Instant now) {
    boolean last = backend.free(model.name(), now) == 1;
    long next = backend.taken().isEmpty() ? Long.MAX_VALUE : backend.taken().nextFree(now);
    return last ? Math.min(next, work.untilFirstToken() + work.output()) : 0;
  }

  /** A model that must be loaded where there is no room takes the caches of the others along. */
  private static Outlook outlook(OpenExchange exchange, ModelSpec model, BackendView backend) {
    Outlook outlook = backend.cache(model).outlook(exchange.chain());
    return backend.memory().evicts(model) ? outlook.and(backend.evicted(model)) : outlook;
  }

  /** Nanoseconds to compute what lies beyond so many characters of a prompt. */
  public long prompt(OpenExchange exchange, BackendView backend, int beyond) {
    Rate rate = rate(backend, exchange.model());
    return (long) (rate.prompt() * rate.tokens(exchange.chain().length() - beyond));
  }

  /**
   * What a prompt meets on a backend. The slots of one backend share its compute; backends of one
   * host share the machine, which counts half, because how much they slow each other is not known.
   */
  public Pressure pressure(BackendView backend, Instant now) {
    long here = 0;
    int answers = 0;
    for (TakenSlot taken : backend.taken()) {
      here += taken.loadAndPrompt(now);
      answers += taken.hasSpoken() ? 1 : 0;
    }
    long beside = backend.host().promptsBeside(backend, now);
    return new Pressure(here + beside / 2, answers);
  }

  /** How fast a model is on a backend of it, nothing being known of which. */
  public Speed speed(ModelSpec model) {
    Speed sum = Speed.NONE;
    List<BackendView> backends = fleet.serving(model.name());
    for (BackendView backend : backends) {
      sum = sum.and(rates.of(backend.spec(), model.name()));
    }
    return sum.over(Math.max(1, backends.size()));
  }

  /**
   * The expected service time of a request: where its own conversation is cached, or else, nothing
   * being cached, anywhere.
   */
  public long service(OpenExchange exchange, ModelSpec model, Speed speed) {
    double usual = returns.answer(exchange.alias(), speed.answer());
    double cold =
        speed.character() * exchange.chain().length() + speed.output() * most(exchange, usual);
    return (long) (exchange.isStranger() ? cold : Math.min(cold, home(exchange, model)));
  }

  private double home(OpenExchange exchange, ModelSpec model) {
    double least = Double.MAX_VALUE;
    for (BackendView backend : fleet.serving(model.name())) {
      int kept = tuning.remembers() ? backend.cache(model).kept(exchange.chain()) : 0;
      if (kept > 0) {
        Rate rate = rates.of(backend.spec(), model.name());
        double prompt = rate.prompt() * rate.tokens(exchange.chain().length() - kept);
        least = Math.min(least, prompt + output(exchange, rate));
      }
    }
    return least;
  }

  private double output(OpenExchange exchange, Rate rate) {
    return rate.output() * most(exchange, returns.answer(exchange.alias(), rate.answer()));
  }

  private static double most(OpenExchange exchange, double usual) {
    Integer most = exchange.submission().request().mostTokens();
    return most == null ? usual : Math.min(most, usual);
  }
}
