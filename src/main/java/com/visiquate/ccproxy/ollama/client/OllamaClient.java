package com.visiquate.ccproxy.ollama.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP to one Ollama; owns the connections. Sends no header of any client: an {@code Origin} or a
 * foreign {@code Host} would be refused, credentials are nobody's business.
 */
public final class OllamaClient {
  /** Far above any number of slots: who may run is decided by the slots, never by this pool. */
  private static final int CONNECTIONS = 4_096;

  private static final Logger LOG = LoggerFactory.getLogger(OllamaClient.class);
  private static final int IDLE_SECONDS = 30;

  /**
   * A request only stops waiting for its connection, while the attempt goes on for as long as the
   * client allows, and nothing can be closed before it has ended. So the attempt ends first.
   */
  private static final Duration LATER = Duration.ofMillis(250);

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private final Pools pools;
  private final URI url;
  private final String base;
  private final Set<HttpConnection> used = Collections.newSetFromMap(new WeakHashMap<>());

  /**
   * The connections, and those before them, which end when what runs on them has ended.
   *
   * @param connect how long one may take to come to stand
   */
  private record Pools(
      Vertx vertx, HttpClient pooled, HttpClient fresh, Duration connect, @Nullable Pools before) {
    static Pools open(Vertx vertx, Duration connect, @Nullable Pools before) {
      return new Pools(
          vertx, client(vertx, true, connect), client(vertx, false, connect), connect, before);
    }

    Pools with(Duration other) {
      return other.equals(connect) ? this : open(vertx, other, this);
    }

    Future<Void> close() {
      Future<Void> older = before == null ? Future.succeededFuture() : before.close();
      return Future.join(pooled.close(), fresh.close(), older).mapEmpty();
    }
  }

  private OllamaClient(Pools pools, URI url) {
    this.pools = pools;
    this.url = url;
    this.base = url.getPath() == null ? "" : url.getPath().replaceAll("/+$", "");
  }

  /**
   * A client of the Ollama at this address; it belongs to the caller's context.
   *
   * @param connect how long a connection may take to come to stand
   */
  public static OllamaClient open(Vertx vertx, URI url, Duration connect) {
    return new OllamaClient(Pools.open(vertx, connect, null), url);
  }

  /** The same connections, but new requests go to another address, or have another limit. */
  public OllamaClient at(URI otherUrl, Duration connect) {
    return new OllamaClient(pools.with(connect), otherUrl);
  }

  /** The whole answer to a short question. A connection of its own, so never a stale one. */
  public Future<Whole> fetch(String path, Duration within) {
    return whole(options(HttpMethod.GET, path, within), within, Buffer.buffer());
  }

  /** The whole answer to a body of JSON, however long it takes once the connection stands. */
  public Future<Whole> post(String path, byte[] body, Duration connect) {
    return whole(options(HttpMethod.POST, path, connect), Duration.ZERO, Buffer.buffer(body));
  }

  /** One streamed answer; begins at once. */
  public OllamaCall ask(String path, byte[] body, Duration connect, OllamaCall.Listener listener) {
    RequestOptions options = options(HttpMethod.POST, path, connect);
    OllamaCall call = new OllamaCall(this, Buffer.buffer(body), listener);
    call.open(options);
    return call;
  }

  /** Closes every connection; closing twice is harmless. */
  public Future<Void> close() {
    return pools.close();
  }

  /**
   * A whole answer.
   *
   * @param status of HTTP
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way to a parser, never compared
  public record Whole(int status, byte[] body) {}

  Future<HttpClientRequest> request(RequestOptions options, boolean onFresh) {
    return request(onFresh ? pools.fresh : pools.pooled, options);
  }

  /** A closed client throws; in a chain that is a failure like any other. */
  private static Future<HttpClientRequest> request(HttpClient client, RequestOptions options) {
    return Future.succeededFuture().compose(go -> client.request(options));
  }

  /** Whether an exchange has already gone over this connection, so that it may be stale. */
  boolean isUsed(HttpConnection connection) {
    return used.contains(connection);
  }

  void markUsed(HttpConnection connection) {
    used.add(connection);
  }

  private Future<Whole> whole(RequestOptions options, Duration idle, Buffer body) {
    options.setIdleTimeout(idle.toMillis());
    return request(pools.fresh, options)
        .compose(request -> body.length() == 0 ? request.send() : request.send(body))
        .compose(
            response ->
                response.body().map(all -> new Whole(response.statusCode(), all.getBytes())));
  }

  private RequestOptions options(HttpMethod method, String path, Duration connect) {
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(url.getHost())
            .setPort(port)
            .setSsl(secure)
            .setURI(base + path)
            .setConnectTimeout(connect.plus(LATER).toMillis());
    return method.equals(HttpMethod.POST)
        ? options.putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        : options;
  }

  private static HttpClient client(Vertx vertx, boolean keepAlive, Duration connect) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setKeepAlive(keepAlive)
            .setKeepAliveTimeout(IDLE_SECONDS)
            .setConnectTimeout(Math.clamp(connect.toMillis(), 1, Integer.MAX_VALUE));
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS))
        // Whoever uses the connection is told too; this keeps it from being logged as an error.
        .withConnectHandler(
            made -> made.exceptionHandler(cause -> LOG.trace("connection ended", cause)))
        .build();
  }
}
