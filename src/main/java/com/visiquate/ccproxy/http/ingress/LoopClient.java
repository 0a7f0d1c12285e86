package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.LoopMessage;
import com.visiquate.ccproxy.bus.LoopMessage.OtherTurn;
import com.visiquate.ccproxy.bus.LoopMessage.ToolTurn;
import com.visiquate.ccproxy.bus.LoopMessage.TurnOver;
import com.visiquate.ccproxy.bus.LoopMessage.Who;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.http.exchange.ExchangeFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the memory how agents go on, so that it knows who goes round in circles; owns which tool
 * turns of this ingress have not ended. A request without tools has nothing to do with it.
 */
public final class LoopClient {
  private final Bus bus;
  private final int ingress;
  private final boolean on;
  private final Map<ExchangeId, ToolTurn> open = new HashMap<>();

  /**
   * @param ingress its number, where the memory answers
   * @param on whether loops are looked for at all
   */
  public LoopClient(Bus bus, int ingress, boolean on) {
    this.bus = bus;
    this.ingress = ingress;
    this.on = on;
  }

  /** Says how often the request itself has its last tool turn in a row, if that is a loop; or 0. */
  int begun(ExchangeFacts facts, ModelRequest request) {
    if (!on || !(request instanceof ChatRequest chat)) {
      return 0;
    }
    Optional<Repetition> repetition = Repetition.of(chat);
    Who who = new Who(facts.client(), facts.asked().conversation().id());
    if (repetition.isPresent()) {
      return begun(facts, who, repetition.get());
    }
    if (!chat.tools().isEmpty()) {
      bus.send(Address.MEMORY_STEP, new OtherTurn(facts.exchange(), who));
    }
    return 0;
  }

  private int begun(ExchangeFacts facts, Who who, Repetition last) {
    ToolTurn turn =
        new ToolTurn(facts.exchange(), ingress, who, facts.alias(), last.turn(), last.times());
    open.put(facts.exchange(), turn);
    bus.send(Address.MEMORY_STEP, turn);
    return last.times() < LoopMessage.LOOP ? 0 : last.times();
  }

  /** What did not fail for its client counts; what did, a client sends again by right. */
  void ended(ExchangeId exchange, Outcome outcome) {
    ToolTurn turn = open.remove(exchange);
    if (turn != null) {
      boolean failed = outcome != Outcome.COMPLETED && outcome != Outcome.CLIENT_GONE;
      bus.send(Address.MEMORY_STEP, new TurnOver(turn, failed));
    }
  }
}
