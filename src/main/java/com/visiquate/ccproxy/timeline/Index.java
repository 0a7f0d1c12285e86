package com.visiquate.ccproxy.timeline;

import com.visiquate.ccproxy.bus.TimelineMessage.Lane;
import com.visiquate.ccproxy.fleet.BackendId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of all slots and backends that there were. Owns the first so many: what comes beyond
 * that, by configurations that were changed again and again, shares the last number.
 */
final class Index {
  private static final int MOST = 10_000;

  private final List<Lane> lanes = new ArrayList<>();
  private final Map<Lane, Integer> laneNumbers = new HashMap<>();
  private final List<BackendId> backends = new ArrayList<>();
  private final Map<BackendId, Integer> backendNumbers = new HashMap<>();

  int lane(BackendId backend, int slot) {
    return number(new Lane(backend, slot), lanes, laneNumbers);
  }

  int backend(BackendId backend) {
    return number(backend, backends, backendNumbers);
  }

  Lane lane(int number) {
    return lanes.get(number);
  }

  BackendId backend(int number) {
    return backends.get(number);
  }

  List<Lane> lanes() {
    return lanes;
  }

  private static <T> int number(T what, List<T> all, Map<T, Integer> numbers) {
    Integer known = numbers.get(what);
    if (known != null) {
      return known;
    }
    if (all.size() == MOST) {
      return MOST - 1;
    }
    all.add(what);
    numbers.put(what, all.size() - 1);
    return all.size() - 1;
  }
}
