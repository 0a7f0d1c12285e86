package com.visiquate.ccproxy.http;

import io.vertx.core.http.HttpServerRequest;

/** A request and the connection that it came on. */
record Visit(HttpServerRequest request, Connections.Seat seat) {}
