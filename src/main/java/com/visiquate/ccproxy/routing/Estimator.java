package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.routing.cache.Outlook;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Says what a request would cost; owns what has been learnt about speeds and habits. */
final class Estimator {
  private final Rates rates = new Rates();
  private final Habits habits = new Habits();
  private final Fleet fleet;
  private final Holds holds;
  private final Tuning tuning;

  Estimator(Fleet fleet, Holds holds, Tuning tuning) {
    this.fleet = fleet;
    this.holds = holds;
    this.tuning = tuning;
  }

  Habits habits() {
    return habits;
  }

  Rate rate(BackendView backend, ModelName model) {
    return rates.of(backend.spec(), model);
  }

  /** Whether what was seen of caches corrects what is believed of them. */
  boolean corrects() {
    return tuning.corrects();
  }

  void learn(BackendView backend, Ticket ticket, Counts counts) {
    boolean spoke = counts.outputNanos() > 0 || !ticket.leavesPrompt();
    if (spoke && tuning.learns()) {
      rates.learn(backend.spec(), ticket.model(), counts, ticket.chain().length());
    }
    habits.answered(ticket.alias(), counts.outputTokens());
  }

  void keepOnly(Set<BackendId> backends) {
    rates.keepOnly(backends);
  }

  /** What a request would cost on a backend if it started now. */
  Estimate estimate(Ticket ticket, ModelSpec model, BackendView backend, Instant now) {
    return estimate(ticket, model, backend, pressure(backend, now), now);
  }

  /** The same, where it is known already what else is going on there. */
  Estimate estimate(
      Ticket ticket, ModelSpec model, BackendView backend, Pressure pressure, Instant now) {
    Rate rate = rates.of(backend.spec(), model.name());
    Outlook outlook = outlook(ticket, model, backend);
    int tokens = rate.tokens(ticket.chain().length());
    int cached = tuning.remembers() ? Math.min(tokens - 1, rate.tokens(outlook.kept())) : 0;
    double load = backend.isResident(model) ? 0 : rate.load();
    double prompt = rate.prompt() * (tokens - cached);
    Work work = new Work((long) load, (long) prompt, (long) output(ticket, rate));
    double loss = tuning.loss() * holds.loss(outlook.displaced(), rate, now);
    double stall = tuning.stall() * pressure.answers() * prompt;
    long held = holds.remaining(ticket, outlook, rate, now);
    return new Estimate(
        work, 0, pressure.prompts(), tokens, cached, (long) loss, (long) stall, held);
  }

  /** A model that must be loaded where there is no room takes the caches of the others along. */
  private static Outlook outlook(Ticket ticket, ModelSpec model, BackendView backend) {
    Outlook outlook = backend.cache(model).outlook(ticket.chain());
    return backend.evicts(model) ? outlook.and(backend.evicted(model)) : outlook;
  }

  /** Nanoseconds to compute what lies beyond so many characters of a prompt. */
  long prompt(Ticket ticket, BackendView backend, int beyond) {
    Rate rate = rate(backend, ticket.model());
    return (long) (rate.prompt() * rate.tokens(ticket.chain().length() - beyond));
  }

  /**
   * What a prompt meets on a backend. The slots of one backend share its compute; backends of one
   * host share the machine, which counts half, because how much they slow each other is not known.
   */
  Pressure pressure(BackendView backend, Instant now) {
    long here = 0;
    int answers = 0;
    for (Seat seat : backend.seats()) {
      here += seat.loadAndPrompt(now);
      answers += seat.hasSpoken() ? 1 : 0;
    }
    long beside = backend.host().promptsBeside(backend, now);
    return new Pressure(here + beside / 2, answers);
  }

  /** Tells a request what it is expected to cost, nothing being cached. */
  void expectWork(Ticket ticket, double patience) {
    fleet
        .model(ticket.model())
        .ifPresent(model -> ticket.expectWork(service(ticket, model), patience));
  }

  /** The expected service time of a request on any backend of its model, nothing being cached. */
  long service(Ticket ticket, ModelSpec model) {
    List<BackendView> backends = fleet.serving(model.name());
    double sum = 0;
    for (BackendView backend : backends) {
      Rate rate = rates.of(backend.spec(), model.name());
      sum += rate.prompt() * rate.tokens(ticket.chain().length()) + output(ticket, rate);
    }
    return backends.isEmpty() ? 0 : (long) (sum / backends.size());
  }

  private double output(Ticket ticket, Rate rate) {
    Integer most = ticket.submission().request().mostTokens();
    double usual = habits.answer(ticket.alias(), rate.answer());
    return rate.output() * (most == null ? usual : Math.min(most, usual));
  }
}
