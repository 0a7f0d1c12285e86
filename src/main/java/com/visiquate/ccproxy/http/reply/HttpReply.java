package com.visiquate.ccproxy.http.reply;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Family;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.random.RandomGenerator;

/** The HTTP response of one request; owns whether its connection survives it. */
public final class HttpReply implements Reply {
  /** What whole answers are, but for a few. */
  public static final String JSON = "application/json";

  /** How much may wait for a slow reader's socket before its backend gets no more credit. */
  private static final int QUEUE = 64 * 1024;

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Family family;
  private final ErrorBody errors;
  private final RandomGenerator random;
  private boolean closing;

  public HttpReply(
      HttpServerRequest request, Family family, ErrorBody errors, RandomGenerator random) {
    this.request = request;
    this.response = request.response();
    this.family = family;
    this.errors = errors;
    this.random = random;
  }

  /** The connection is closed after this response. */
  public void closeAfterwards() {
    closing = true;
  }

  @Override
  public void begin(Head head, String contentType) {
    response.setChunked(true).setWriteQueueMaxSize(QUEUE);
    head.writeTo(response.headers(), contentType, family);
    Head.streamed(response.headers());
    announceClose();
  }

  @Override
  public void write(byte[] bytes) {
    response.write(Buffer.buffer(bytes));
  }

  @Override
  public void end(byte[] bytes) {
    finish(bytes);
  }

  @Override
  public void whole(Head head, String contentType, byte[] body) {
    head.writeTo(response.headers(), contentType, family);
    announceClose();
    finish(body);
  }

  @Override
  public int fail(Head head, Failure failure) {
    return refuse(head, Refusal.of(failure));
  }

  public int refuse(Head head, Refusal refusal) {
    int status = refusal.status(family);
    response.setStatusCode(status);
    head.writeTo(response.headers(), "application/json", family);
    Head.advise(response.headers(), refusal.failure(), random);
    announceClose();
    finish(errors.of(refusal.failure(), family, head.exchange().value()));
    return status;
  }

  @Override
  public void abort() {
    request.connection().close();
  }

  @Override
  public boolean full() {
    return response.writeQueueFull();
  }

  @Override
  public void whenDrained(Runnable then) {
    response.drainHandler(drained -> then.run());
  }

  private void announceClose() {
    if (closing) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  private void finish(byte[] last) {
    var ended = response.end(Buffer.buffer(last));
    if (closing) {
      // A connection closed on top of unread bytes is reset, and the reset may overtake the
      // response: whoever is still sending a body is read to its end or until it is idle.
      ended.onComplete(written -> closeOnceRead());
    }
  }

  private void closeOnceRead() {
    if (request.isEnded()) {
      request.connection().close();
    } else {
      request.endHandler(end -> request.connection().close());
    }
  }
}
