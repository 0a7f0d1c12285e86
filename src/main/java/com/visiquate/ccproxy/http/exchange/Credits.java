package com.visiquate.ccproxy.http.exchange;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.http.reply.Reply;

/**
 * What a backend may still send to one exchange: each message is paid back once the client's socket
 * has room, several at a time, so that a slow reader slows its own backend stream and nothing else.
 */
final class Credits {
  static final int BATCH = 16;

  private final ExchangeId exchange;
  private final ExchangeOwner surroundings;
  private int owed;
  private boolean draining;

  Credits(ExchangeId exchange, ExchangeOwner surroundings) {
    this.exchange = exchange;
    this.surroundings = surroundings;
  }

  /** One message of that backend has been written to the client. */
  void taken(BackendId backend, Reply reply) {
    owed++;
    if (reply.full()) {
      payWhenDrained(backend, reply);
    } else if (owed >= BATCH) {
      pay(backend);
    }
  }

  private void payWhenDrained(BackendId backend, Reply reply) {
    if (draining) {
      return;
    }
    draining = true;
    reply.whenDrained(
        () -> {
          draining = false;
          pay(backend);
        });
  }

  private void pay(BackendId backend) {
    surroundings.credit(backend, exchange, owed);
    owed = 0;
  }
}
