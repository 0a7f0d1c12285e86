/**
 * The HTTP ingress: one verticle for each event loop.
 *
 * <p>Enters: client connections. Leaves: answers in the client's own protocol; submissions on the
 * bus. Owns: client connections, their framing, heartbeats and time limits.
 */
@NullMarked
package com.visiquate.ccproxy.http;

import org.jspecify.annotations.NullMarked;
