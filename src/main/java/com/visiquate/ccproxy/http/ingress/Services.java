package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.http.exchange.ExchangeIds;
import com.visiquate.ccproxy.http.reply.ErrorBody;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Packing;
import com.visiquate.ccproxy.http.view.FleetView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * What everybody in an ingress works with: its clock, its view of the fleet, its ways to other
 * stages.
 *
 * @param bodyLimit most bytes of a body, unpacked
 */
public record Services(
    Vertx vertx,
    InstantSource clock,
    RandomGenerator random,
    ExchangeIds ids,
    FleetView fleet,
    PromptSizes sizes,
    ErrorBody errors,
    Ledger ledger,
    MemoryClient memory,
    Quotas quotas,
    CacheClient cache,
    LoopClient loops,
    long bodyLimit) {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  public Instant now() {
    return clock.instant();
  }

  public ExchangeId nextId() {
    return ids.next();
  }

  /** The response of one request; while the gateway drains, the last one of its connection. */
  public HttpReply reply(HttpServerRequest request, Family family) {
    HttpReply reply = new HttpReply(request, family, errors, random);
    if (fleet.isDraining()) {
      reply.closeAfterwards();
    }
    return reply;
  }

  /** Beside the event loop, which a large body would hold up for everybody. */
  public Future<Packing.Unpacked> unpack(Packing packing, byte[] packed) {
    int limit = Math.clamp(bodyLimit, 0, LARGEST_ARRAY);
    return vertx
        .executeBlocking(() -> packing.unpack(packed, limit), false)
        .map(Objects::requireNonNull);
  }

  /** The header in which a client names a class. */
  public String priorityHeader() {
    return fleet.plan().priorities().header();
  }
}
