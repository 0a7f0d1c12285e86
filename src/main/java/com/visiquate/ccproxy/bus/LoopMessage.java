package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import org.jspecify.annotations.Nullable;

/** What http and the memory say to each other of agents that go round in circles. */
public sealed interface LoopMessage extends BusMessage {
  /** With this many in a row it is a loop. */
  int LOOP = 3;

  /** How a conversation goes on; from http. */
  sealed interface Step extends LoopMessage, AboutExchange {}

  /**
   * Which conversation goes on.
   *
   * @param conversation tells it from the others of this client; null when nothing does
   */
  record Who(ClientId client, @Nullable String conversation) {}

  /**
   * With the results of tools that the model has called.
   *
   * @param alias the name of its model, for those who count
   * @param turn the calls and their results as one number; equal for equal ones
   * @param times how often the request itself has them in a row, at least 1
   */
  record ToolTurn(ExchangeId exchange, int ingress, Who who, String alias, long turn, int times)
      implements Step {}

  /** With something else: whatever comes then is not in a row with what was before. */
  record OtherTurn(ExchangeId exchange, Who who) implements Step {}

  /** What was asked with these results has ended; when it {@code failed}, it will be sent again. */
  record TurnOver(ToolTurn of, boolean failed) implements Step {
    @Override
    public ExchangeId exchange() {
      return of.exchange();
    }
  }

  /** So many times in a row the same tool turn has come; said from {@link #LOOP} times on. */
  record Looping(ExchangeId exchange, int times) implements BusMessage.ToIngress {}
}
