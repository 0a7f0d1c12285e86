package com.visiquate.ccproxy.simulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The faults that wait for requests, first injected first; at most one meets a request. Injected
 * from any thread and in force at once, drawn on the server's event loop.
 */
public final class FaultPlan {
  private record Armed(Fault fault, Extent extent) {
    boolean isFor(boolean ps) {
      return !(fault instanceof Fault.Refuse) && (fault instanceof Fault.SlowPs) == ps;
    }
  }

  private final AtomicReference<List<Armed>> armed = new AtomicReference<>(List.of());
  private final Random random;

  public FaultPlan(long seed) {
    random = new Random(seed);
  }

  public void inject(Fault fault, Extent extent) {
    armed.updateAndGet(
        list -> {
          List<Armed> longer = new ArrayList<>(list);
          longer.add(new Armed(fault, extent));
          return List.copyOf(longer);
        });
  }

  public void heal() {
    armed.set(List.of());
  }

  /** The fault for a request that wants an answer. */
  public Optional<Fault> forAnswer() {
    return draw(false);
  }

  /** The fault for {@code /api/ps}. */
  public Optional<Fault> forPs() {
    return draw(true);
  }

  private Optional<Fault> draw(boolean ps) {
    for (Armed each : armed.get()) {
      if (each.isFor(ps) && meets(each)) {
        return Optional.of(each.fault);
      }
    }
    return Optional.empty();
  }

  private boolean meets(Armed each) {
    return switch (each.extent) {
      case Extent.Always always -> true;
      case Extent.Share share -> random.nextDouble() < share.probability();
      case Extent.Next next -> {
        use(each, next);
        yield true;
      }
    };
  }

  private void use(Armed used, Extent.Next next) {
    armed.updateAndGet(
        list -> {
          List<Armed> shorter = new ArrayList<>(list);
          int at = shorter.indexOf(used);
          if (at >= 0 && next.requests() <= 1) {
            shorter.remove(at);
          } else if (at >= 0) {
            shorter.set(at, new Armed(used.fault, new Extent.Next(next.requests() - 1)));
          }
          return List.copyOf(shorter);
        });
  }
}
