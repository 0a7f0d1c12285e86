package com.visiquate.ccproxy.routing.replay;

import com.visiquate.ccproxy.bus.TimelineMessage.PastRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All past requests, each with the turn that it continues. */
final class Workload {
  private final List<Ask> asks;
  private final double born;

  private Workload(List<Ask> asks, double born) {
    this.asks = asks;
    this.born = born;
  }

  /** What belongs to one conversation may be told apart by these alone. */
  private record Turn(String client, String model, int number) {}

  static Workload of(List<PastRun> runs) {
    List<PastRun> ordered = new ArrayList<>(runs);
    ordered.sort(Comparator.comparingLong(PastRun::born));
    Map<Turn, Ask> known = new HashMap<>();
    List<Ask> asks = new ArrayList<>(ordered.size());
    for (PastRun run : ordered) {
      Ask ask = new Ask(run, before(run, known));
      asks.add(ask);
      known.put(new Turn(run.client(), run.model().value(), run.turn()), ask);
    }
    return new Workload(asks, ordered.isEmpty() ? 0 : ordered.getFirst().born());
  }

  /** Who asked before the answer had ended did not wait for it. */
  private static @Nullable Ask before(PastRun run, Map<Turn, Ask> known) {
    Ask before = known.get(new Turn(run.client(), run.model().value(), run.continued()));
    boolean follows = run.continued() != 0 && before != null && before.run().ended() <= run.born();
    return follows ? before : null;
  }

  List<Ask> asks() {
    return asks;
  }

  /** Seconds after the first one at which it was asked for. */
  double born(Ask ask) {
    return (ask.run().born() - born) / 1e3;
  }
}
