package com.visiquate.ccproxy.simulator;

import com.visiquate.ccproxy.simulator.engine.WallClock;
import com.visiquate.ccproxy.simulator.wire.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/** One HTTP response as Go's server frames it; nothing is sent before the first byte of content. */
final class Reply {
  /** Go sends a length only if the whole body fits its buffer. */
  private static final int LENGTH_UP_TO = 2048;

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Sockets sockets;
  private final WallClock clock;
  private boolean begun;
  private boolean over;

  Reply(HttpServerRequest request, Sockets sockets, WallClock clock) {
    this.request = request;
    this.sockets = sockets;
    this.response = request.response();
    this.clock = clock;
    response.exceptionHandler(gone -> over = true);
  }

  boolean over() {
    return over;
  }

  boolean begun() {
    return begun;
  }

  /** Called once if the client leaves before the end. */
  void onLeave(Runnable action) {
    response.closeHandler(
        closed -> {
          over = true;
          action.run();
        });
  }

  void refuse(Refusal refusal) {
    if (over) {
      return;
    }
    if (begun) {
      line(refusal.body(), false);
      end();
    } else if (refusal.late()) {
      response.setStatusCode(refusal.status());
      begin(refusal.contentType());
      response.end(Buffer.buffer(refusal.body()));
      over = true;
    } else {
      response.setStatusCode(refusal.status());
      whole(refusal.contentType(), refusal.body());
    }
  }

  void json(String body) {
    whole(Refusal.JSON, body);
  }

  void whole(String contentType, String body) {
    if (over) {
      return;
    }
    over = true;
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    headers(contentType);
    if (bytes.length > LENGTH_UP_TO) {
      response.setChunked(true).putHeader("Transfer-Encoding", "chunked");
      response.write(Buffer.buffer(bytes));
      response.end();
      return;
    }
    response.putHeader("Content-Length", Integer.toString(bytes.length));
    boolean silent = request.method().name().equals("HEAD") || bytes.length == 0;
    response.end(silent ? Buffer.buffer() : Buffer.buffer(bytes));
  }

  /** A line of NDJSON, a chunk of its own; torn, each of its bytes is one. */
  void line(String json, boolean torn) {
    if (over) {
      return;
    }
    begin();
    Buffer line = Buffer.buffer(json + "\n");
    int step = torn ? 1 : line.length();
    for (int at = 0; at < line.length(); at += step) {
      response.write(line.slice(at, at + step));
    }
  }

  void end() {
    if (!over) {
      over = true;
      response.end();
    }
  }

  /** Closes without the last chunk, or in the middle of a body of known length. */
  void cut() {
    over = true;
    sockets.cut(request.connection());
  }

  /** Closes with a reset. */
  void reset() {
    over = true;
    sockets.reset(request.connection());
  }

  /** The head and half of a body whose length is announced. */
  void half(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    headers(Refusal.JSON);
    response.putHeader("Content-Length", Integer.toString(bytes.length));
    response.write(Buffer.buffer(bytes).slice(0, bytes.length / 2));
  }

  /** Sends nothing yet: the head leaves with the first line or the end. */
  void begin() {
    if (!begun) {
      begin("application/x-ndjson");
    }
  }

  private void begin(String contentType) {
    begun = true;
    headers(contentType);
    response.setChunked(true).putHeader("Transfer-Encoding", "chunked");
  }

  private void headers(String contentType) {
    if (!contentType.isEmpty()) {
      response.putHeader("Content-Type", contentType);
    }
    response.putHeader("Date", clock.date(clock.now()));
  }
}
