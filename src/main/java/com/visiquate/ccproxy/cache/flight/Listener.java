package com.visiquate.ccproxy.cache.flight;

import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Placement;
import java.util.List;

/** One of those who hear a flight, and how far it has got. */
final class Listener {
  /** Messages that an ingress may be sent before it gave any credit. */
  static final int FIRST_CREDIT = 64;

  private final Submit submit;
  private int heard;
  private int credit = FIRST_CREDIT;

  Listener(Submit submit) {
    this.submit = submit;
  }

  /** The run that a request begins: told elsewhere, and from its first word on. */
  static Submit run(Submit submit, ExchangeId id, int ingress) {
    return new Submit(
        id,
        ingress,
        submit.request(),
        submit.chosen(),
        submit.priority(),
        submit.client(),
        submit.deadline(),
        submit.fallback(),
        false,
        submit.conversation());
  }

  ExchangeId exchange() {
    return submit.exchange();
  }

  int ingress() {
    return submit.ingress();
  }

  Submit submit() {
    return submit;
  }

  /** Whether it gets nothing before the end, so that its run may begin anew until then. */
  boolean whole() {
    return submit.whole();
  }

  /** Whether it has been given anything of the answer. */
  boolean hasHeard() {
    return heard > 0;
  }

  /** How many messages of the log it has been given. */
  int heard() {
    return heard;
  }

  void grant(int messages) {
    credit += Math.max(0, messages);
  }

  /** Whether it can take the next message of a log that is so long. */
  boolean isDue(int log) {
    return !whole() && heard < log && credit > 0;
  }

  /** The next message of the log, under its own id. */
  Said next(Said of) {
    heard++;
    credit--;
    return new Said(exchange(), of.placement(), of.events());
  }

  /** All that it has not been given; the last message of an exchange is always sent. */
  Said rest(Placement placement, List<ChatEvent> events, int log) {
    heard = log;
    return new Said(exchange(), placement, events);
  }
}
