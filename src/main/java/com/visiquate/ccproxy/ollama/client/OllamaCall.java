package com.visiquate.ccproxy.ollama.client;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One streamed exchange with Ollama; owns its connection until the response has ended. */
public final class OllamaCall {
  /** Hears what happens, on the context that opened the call; nothing after a close. */
  public interface Listener {
    /** The request is on its way. */
    void sent();

    /** Ollama sends its header with its first line, never before. */
    void answered(int status);

    void read(byte[] bytes);

    /** The response is complete as HTTP wants it; the last thing that is heard. */
    void ended();

    /**
     * It broke; the last thing that is heard.
     *
     * @param connected whether there was a connection at all
     */
    void broke(boolean connected, Throwable cause);
  }

  private static final Logger LOG = LoggerFactory.getLogger(OllamaCall.class);
  private final OllamaClient client;
  private final Buffer body;
  private final Listener listener;
  private @Nullable HttpClientRequest request;
  private boolean over;

  OllamaCall(OllamaClient client, Buffer body, Listener listener) {
    this.client = client;
    this.body = body;
    this.listener = listener;
  }

  /** Closes the connection; closing twice, or after the end, is harmless. */
  public void close() {
    if (!over) {
      over = true;
      reset();
    }
  }

  void open(RequestOptions options) {
    open(options, false);
  }

  private void open(RequestOptions options, boolean onFresh) {
    client
        .request(options, onFresh)
        .onComplete(made -> send(made, options), refused -> end(false, refused));
  }

  private void send(HttpClientRequest made, RequestOptions options) {
    request = made;
    // What breaks is told by the response; without a handler of its own, each client that leaves
    // would be an error in the log.
    made.exceptionHandler(cause -> LOG.trace("request ended", cause));
    if (over) {
      reset();
      return;
    }
    boolean stale = client.isUsed(made.connection());
    Future<HttpClientResponse> response = made.send(body);
    listener.sent();
    response.onComplete(
        this::answered,
        cause -> {
          if (stale && !over) {
            // Ollama may close an idle connection in the very moment in which it is used again:
            // that says nothing about its health, so it is tried once more where that cannot be.
            open(options, true);
          } else {
            end(true, cause);
          }
        });
  }

  private void answered(HttpClientResponse response) {
    if (over) {
      return;
    }
    response.handler(
        buffer -> {
          if (!over) {
            listener.read(buffer.getBytes());
          }
        });
    response.exceptionHandler(cause -> end(true, cause));
    response.endHandler(nothing -> complete(response));
    listener.answered(response.statusCode());
  }

  private void complete(HttpClientResponse response) {
    if (!over) {
      over = true;
      client.markUsed(response.request().connection());
      listener.ended();
    }
  }

  /** A broken connection is told by several handlers; the first one counts. */
  private void end(boolean connected, Throwable cause) {
    if (!over) {
      over = true;
      listener.broke(connected, cause);
    }
  }

  private void reset() {
    if (request != null) {
      request.reset();
    }
  }
}
