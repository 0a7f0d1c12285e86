/**
 * The client's side of an exchange, as a pure state machine.
 *
 * <p>Enters: what routing and backends say of it, and the time. Leaves: bytes for the client, and
 * what the rest of the house must know. Owns: what has been sent to the client, and the one report
 * of its end.
 */
@NullMarked
package com.visiquate.ccproxy.http.exchange;

import org.jspecify.annotations.NullMarked;
