package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.bus.FeedMessage.Frame;
import com.visiquate.ccproxy.bus.FeedMessage.Watched;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One who watches: knows a version, and gets what leads to the next. While he is slow he misses
 * frames, and gets what he has missed when he has read; one who does not read at all is dropped.
 */
final class Viewer {
  /** What may wait for his socket: a large document and more. */
  private static final int QUEUE = 512 * 1024;

  private static final Duration STUCK = Duration.ofSeconds(20);
  private static final Buffer HELLO = Buffer.buffer("retry: 1000\n\n");

  private final HttpServerResponse response;
  private final HttpConnection connection;
  private final Function<@Nullable String, Future<Watched>> source;
  private final InstantSource clock;
  private @Nullable String version;
  private @Nullable Instant fullSince;
  private boolean asking;
  private boolean begun;

  Viewer(
      HttpServerResponse response,
      HttpConnection connection,
      Function<@Nullable String, Future<Watched>> source,
      InstantSource clock,
      @Nullable String last) {
    this.response = response.setWriteQueueMaxSize(QUEUE);
    this.connection = connection;
    this.source = source;
    this.clock = clock;
    this.version = last;
  }

  void begin() {
    response.write(HELLO);
    catchUp();
  }

  /** The same for all; one that does not go on from what he knows is of no use to him. */
  void heard(Frame frame, Buffer bytes) {
    if (asking || !begun) {
      return;
    }
    if (response.writeQueueFull()) {
      wait(clock.instant());
    } else if (frame.base().equals(version)) {
      version = frame.version();
      response.write(bytes);
    } else {
      catchUp();
    }
  }

  void end() {
    response.end();
  }

  private void wait(Instant now) {
    Instant since = fullSince;
    if (since == null) {
      fullSince = now;
      response.drainHandler(drained -> drained());
    } else if (!now.isBefore(since.plus(STUCK))) {
      connection.close();
    }
  }

  private void drained() {
    fullSince = null;
    catchUp();
  }

  private void catchUp() {
    if (asking) {
      return;
    }
    asking = true;
    source
        .apply(version)
        .onComplete(done -> asking = false)
        .onSuccess(told -> told(told.frames()))
        // He comes back by himself.
        .onFailure(silence -> response.end());
  }

  private void told(List<Frame> frames) {
    begun = true;
    if (response.ended() || response.closed()) {
      return;
    }
    for (Frame frame : frames) {
      version = frame.version();
      response.write(Buffer.buffer(frame.bytes()));
    }
  }
}
