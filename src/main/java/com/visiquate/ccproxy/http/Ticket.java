package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Waiting;
import java.time.Instant;

/**
 * What is known of a request from its start on.
 *
 * @param route the path template that it came by
 * @param alias the known name or pattern that its model's name fits; {@code unknown} until then
 * @param waiting what it sees while it waits; fixed when it arrives
 */
record Ticket(
    ExchangeId exchange,
    String route,
    String alias,
    ClientId client,
    boolean stream,
    Instant arrived,
    Instant deadline,
    Waiting waiting) {
  static final String UNKNOWN = "unknown";
}
