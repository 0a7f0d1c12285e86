package com.visiquate.ccproxy.http.exchange;

import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Waiting;
import java.time.Duration;
import java.time.Instant;

/**
 * What is known of a request from its start on.
 *
 * @param asked what is recorded of it
 * @param patience when its client stops waiting for it, as far as it has said so
 * @param waiting what it sees while it waits; fixed when it arrives
 */
public record ExchangeFacts(
    ExchangeId exchange, Asked asked, Instant deadline, Instant patience, Waiting waiting) {
  /** A client's clock runs ahead of ours by the way of its request. */
  private static final Duration AHEAD = Duration.ofSeconds(1);

  /** The path template that it came by. */
  public String route() {
    return asked.route();
  }

  /** The known name or pattern that its model's name fits; {@code unknown} until then. */
  public String alias() {
    return asked.alias();
  }

  public ClientId client() {
    return asked.client();
  }

  public boolean stream() {
    return asked.streamed();
  }

  public Instant arrived() {
    return asked.arrived();
  }

  /** Whether a client that goes now goes because its own time-out has passed. */
  boolean isOutOfPatience(Instant now) {
    return !now.plus(AHEAD).isBefore(patience);
  }
}
