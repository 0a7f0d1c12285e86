package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Says how long things will take; owns what has been learnt about it. */
final class Estimator {
  private final Rates rates = new Rates();
  private final Fleet fleet;

  Estimator(Fleet fleet) {
    this.fleet = fleet;
  }

  void learn(BackendView backend, ModelName model, Counts counts) {
    rates.learn(backend.spec(), model, counts);
  }

  void keepOnly(Set<BackendId> backends) {
    rates.keepOnly(backends);
  }

  /** What a request would cost on a backend. */
  Work work(Ticket ticket, ModelSpec model, BackendView backend) {
    Rate rate = rates.of(backend.spec(), model.name());
    double load = backend.isResident(model) ? 0 : rate.load();
    double output = rate.output() * answerTokens(ticket, rate);
    return new Work((long) load, (long) (rate.prompt() * ticket.promptTokens()), (long) output);
  }

  /** The expected service time of a request on any backend of its model, loads left out. */
  long service(Ticket ticket, ModelSpec model) {
    double mean =
        fleet.serving(model.name()).stream()
            .map(backend -> work(ticket, model, backend))
            .mapToLong(work -> work.prompt() + work.output())
            .average()
            .orElse(0);
    return (long) mean;
  }

  /**
   * Expected time to the first token of a request that starts on a backend now. The slots of one
   * backend share its compute; backends of one host share the machine, which counts half, because
   * how much they slow each other is not known.
   */
  Duration firstToken(BackendView backend, Work own, Instant now) {
    long here = backend.remaining(now);
    long host =
        fleet.all().stream()
            .filter(other -> other.spec().host().equals(backend.spec().host()))
            .mapToLong(other -> other.remaining(now))
            .sum();
    return Duration.ofNanos(own.untilFirstToken() + here + (host - here) / 2);
  }

  /** Expected wait of a request of this model that has so much work before it. */
  Duration wait(ModelName model, long workAhead, Instant now) {
    List<BackendView> backends = useful(model);
    int slots = Math.max(1, backends.stream().mapToInt(BackendView::slots).sum());
    return Duration.ofNanos(nextFree(backends, model, now) + workAhead / slots);
  }

  /** Whether the rates of all backends of a model are learnt, so that estimates are honest. */
  boolean isLearnt(ModelName model) {
    return useful(model).stream().allMatch(view -> rates.of(view.spec(), model).isLearnt());
  }

  private static long nextFree(List<BackendView> backends, ModelName model, Instant now) {
    boolean free = backends.stream().anyMatch(view -> view.free(model, now) > 0);
    return free
        ? 0
        : backends.stream()
            .flatMap(view -> view.seats().stream())
            .mapToLong(seat -> seat.remaining(now))
            .min()
            .orElse(0);
  }

  /** The backends that are up, or all when none is. */
  private List<BackendView> useful(ModelName model) {
    List<BackendView> all = fleet.serving(model);
    List<BackendView> up = all.stream().filter(view -> view.health() == Health.UP).toList();
    return up.isEmpty() ? all : up;
  }

  private static double answerTokens(Ticket ticket, Rate rate) {
    Integer most = ticket.submission().request().sampling().maxTokens();
    return most == null ? rate.answer() : Math.min(most, rate.answer());
  }
}
