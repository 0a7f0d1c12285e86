package com.visiquate.ccproxy.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The client connections of one ingress. Closes those on which nothing has moved for too long;
 * Vert.x's own idle timeout would also close those whose client waits for its answer.
 */
final class Connections {
  private final Map<HttpConnection, Seat> open = new HashMap<>();
  private final InstantSource clock;
  private final Duration idle;

  Connections(InstantSource clock, Duration idle) {
    this.clock = clock;
    this.idle = idle;
  }

  void opened(HttpConnection connection) {
    open.put(connection, new Seat(clock));
    connection.closeHandler(closed -> open.remove(connection));
  }

  /** The seat of a connection, which has just sent something. */
  Seat seat(HttpConnection connection) {
    Seat seat = open.computeIfAbsent(connection, unseen -> new Seat(clock));
    seat.touch();
    return seat;
  }

  void sweep(Instant now) {
    for (Map.Entry<HttpConnection, Seat> entry : List.copyOf(open.entrySet())) {
      if (entry.getValue().isIdle(now, idle)) {
        entry.getKey().close();
      }
    }
  }

  int size() {
    return open.size();
  }

  /** What one connection is doing. */
  static final class Seat {
    private final InstantSource clock;
    private Instant moved;
    private int served;
    private boolean last;

    private Seat(InstantSource clock) {
      this.clock = clock;
      this.moved = clock.instant();
    }

    void touch() {
      moved = clock.instant();
    }

    /** Its client waits for this response: it is not idle before that has ended. */
    void serve(HttpServerResponse response) {
      served++;
      response.endHandler(
          end -> {
            served--;
            touch();
          });
    }

    /** Nothing that follows on its connection is to be believed. */
    void takeLast() {
      last = true;
    }

    boolean isTaken() {
      return last;
    }

    private boolean isIdle(Instant now, Duration limit) {
      return served == 0 && !now.isBefore(moved.plus(limit));
    }
  }
}
