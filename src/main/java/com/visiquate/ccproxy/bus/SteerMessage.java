package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Priority;
import java.time.Duration;

/** What an operator wants changed, and what became of that. */
public sealed interface SteerMessage extends BusMessage {
  /** What is asked of routing. */
  sealed interface Steer extends SteerMessage {}

  /** End this request, whether it waits or runs; or all parts of it. */
  record Cancel(ExchangeId exchange) implements Steer {}

  /** Let this request wait in another class. */
  record Reclass(ExchangeId exchange, Priority priority) implements Steer {}

  /** End all requests of a client, or of all that share its key or address. */
  record StopClient(ClientId client) implements Steer {}

  /** What is asked of a backend. */
  sealed interface Manage extends SteerMessage {}

  /**
   * Take nothing new until you are returned.
   *
   * @param by the operator, as others are told
   */
  record Drain(String by) implements Manage {}

  /** Take nothing new for so long. */
  record HoldBack(String by, Duration span) implements Manage {}

  /** Take work again. */
  record Return() implements Manage {}

  /** Take this model out of memory. */
  record Unload(ModelSpec model) implements Manage {}

  /** What became of it. */
  sealed interface SteerReply extends SteerMessage {}

  /**
   * It is done.
   *
   * @param what a sentence for the operator
   */
  record Done(String what) implements SteerReply {}

  /**
   * Nothing was changed.
   *
   * @param why a sentence for the operator
   * @param missing whether there is nothing of this name
   */
  record NotDone(String why, boolean missing) implements SteerReply {}
}
