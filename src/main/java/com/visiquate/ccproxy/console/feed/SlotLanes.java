package com.visiquate.ccproxy.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.fleet.QueueReport.Held;
import com.visiquate.ccproxy.fleet.QueueReport.Taken;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * In which lane of its backend each taken or held slot is shown: where it was, or where its number
 * says, or in the first that is free, so that nobody jumps while he runs.
 */
final class SlotLanes {
  private final BitSet used = new BitSet();
  private final Map<String, Integer> before = new HashMap<>();

  /**
   * None is used.
   *
   * @param told the slots of the backend as they were told last
   */
  SlotLanes(JsonNode told) {
    for (Map.Entry<String, JsonNode> lane : told.properties()) {
      before.put(name(lane.getValue()), Integer.parseInt(lane.getKey()));
    }
  }

  private static String name(JsonNode slot) {
    return slot.has("exchange")
        ? slot.path("exchange").asText()
        : held(slot.path("model").asText(), slot.path("client").asText());
  }

  private static String held(String model, String client) {
    return "held " + model + " " + client;
  }

  int of(Taken taken) {
    int number = taken.progress().number();
    return number >= 0 && !used.get(number)
        ? use(number)
        : place(taken.request().exchange().value());
  }

  int of(Held held) {
    return place(held(held.model().value(), held.client().value()));
  }

  boolean isUsed(int lane) {
    return used.get(lane);
  }

  /** That in which it was shown, unless somebody else is there now. */
  private int place(String name) {
    int known = before.getOrDefault(name, -1);
    return use(known >= 0 && !used.get(known) ? known : used.nextClearBit(0));
  }

  private int use(int lane) {
    used.set(lane);
    return lane;
  }
}
