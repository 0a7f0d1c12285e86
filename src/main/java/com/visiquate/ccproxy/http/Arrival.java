package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request that nobody has understood yet: by which path it came, when, and from whom. */
final class Arrival {
  private final Ingress ingress;
  private final String route;
  private final HttpServerRequest request;
  private final ExchangeId id;
  private final Instant at;

  Arrival(Ingress ingress, String route, HttpServerRequest request) {
    this.ingress = ingress;
    this.route = route;
    this.request = request;
    this.id = ingress.nextId();
    this.at = ingress.now();
  }

  ExchangeId id() {
    return id;
  }

  String route() {
    return route;
  }

  Instant at() {
    return at;
  }

  @Nullable String header(String name) {
    return request.getHeader(name);
  }

  /**
   * Who sends it.
   *
   * @param hint an id in its body
   */
  ClientId client(@Nullable String hint) {
    SocketAddress remote = request.remoteAddress();
    String address =
        remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
    return ClientIdentity.of(request::getHeader, hint, address);
  }

  /** Refuses it, and records that. */
  void refuse(Refusal refusal, HttpReply reply) {
    int status = reply.refuse(Head.of(id), refusal);
    ended(Ticket.UNKNOWN, Report.early(Outcome.REFUSED, status, refusal.failure(), ingress.now()));
  }

  /** Its client has gone before anything was answered. */
  void gone() {
    ended(Ticket.UNKNOWN, Report.early(Outcome.CLIENT_GONE, 0, null, ingress.now()));
  }

  /** It never became an exchange. */
  void ended(String alias, Report report) {
    Ticket ticket =
        new Ticket(id, route, alias, client(null), false, at, at, ingress.fleet().plan().waiting());
    ingress.ledger().ended(ticket, report);
  }
}
