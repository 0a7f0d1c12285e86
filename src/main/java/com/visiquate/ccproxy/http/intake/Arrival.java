package com.visiquate.ccproxy.http.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.bus.ExchangeEnded.Operation;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.RequestJson;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.http.exchange.ExchangeFacts;
import com.visiquate.ccproxy.http.exchange.Report;
import com.visiquate.ccproxy.http.ingress.Ingress;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.reply.Head;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.view.AliasLabels;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that nobody has understood yet: by which path it came, when, and from whom. */
public final class Arrival {
  private final Ingress ingress;
  private final Services services;
  private final String route;
  private final Family family;
  private final Visit visit;
  private final HttpReply reply;
  private final ExchangeId id;
  private final Instant at;
  private String alias = AliasLabels.UNKNOWN;
  private byte @Nullable [] body;
  private Optional<JsonNode> cacheMember = Optional.empty();

  /**
   * @param route the path template that it came by
   * @param family whose client sent it
   */
  public Arrival(Ingress ingress, String route, Family family, Visit visit) {
    this.ingress = ingress;
    this.services = ingress.services();
    this.route = route;
    this.family = family;
    this.visit = visit;
    this.reply = services.reply(visit.request(), family);
    this.id = services.nextId();
    this.at = services.now();
    if (visit.activity().isTaken()) {
      reply.closeAfterwards();
    }
  }

  Services services() {
    return services;
  }

  Ingress ingress() {
    return ingress;
  }

  String route() {
    return route;
  }

  HttpServerRequest request() {
    return visit.request();
  }

  Connections.Activity activity() {
    return visit.activity();
  }

  public HttpReply reply() {
    return reply;
  }

  ExchangeId id() {
    return id;
  }

  Instant at() {
    return at;
  }

  @Nullable String header(String name) {
    return request().getHeader(name);
  }

  /**
   * Who sends it.
   *
   * @param hint an id in its body
   * @param beginning how its conversation began
   */
  ClientId client(@Nullable String hint, @Nullable String beginning) {
    SocketAddress remote = request().remoteAddress();
    String address =
        remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
    return ClientIdentity.of(
        new ClientIdentity.Signs(this::header, hint, beginning, address, visit.key()));
  }

  /** The key that it came in with; null when none is needed. */
  @Nullable AccessKey key() {
    return visit.key();
  }

  /** What keeps its key from a model, by whatever name; null when nothing does. */
  @Nullable Refusal forbidden(String model) {
    AccessKey key = visit.key();
    return key == null || services.fleet().allows(key, model)
        ? null
        : Refusal.modelNotAllowed(services.fleet().label(model));
  }

  /** The class that it asks for, or that its key has in any case. */
  @Nullable Priority priority() {
    AccessKey key = visit.key();
    return key == null || key.priority() == null
        ? priority(header(services.priorityHeader()))
        : key.priority();
  }

  /** The class that a header names; one that means nothing is no reason to fail. */
  private static @Nullable Priority priority(@Nullable String name) {
    return switch (name == null ? "" : name.strip().toLowerCase(Locale.ROOT)) {
      case "interactive" -> Priority.INTERACTIVE;
      case "normal" -> Priority.NORMAL;
      case "background" -> Priority.BACKGROUND;
      default -> null;
    };
  }

  /** It asks for this model. */
  void asks(String model) {
    alias = services.fleet().label(model);
  }

  /** The body with the model that its path names. */
  byte[] named(byte[] read) {
    String model = visit.model();
    return model == null ? read : Deployments.naming(model, read);
  }

  /** The same body with the name of its model in our case: Ollama's names know no case. */
  byte[] inOurCase(byte[] read) {
    return RequestJson.text(read, "model")
        .filter(name -> services.fleet().plan().catalogue().find(name).isEmpty())
        .map(name -> Deployments.naming(services.fleet().plan().catalogue().inOurCase(name), read))
        .orElse(read);
  }

  /** While its body is read it may be refused, and then the model is told that it names. */
  void reading(byte[] read, Runnable reader) {
    body = read;
    cacheMember = CacheWords.member(services.cache().policy(), read);
    try {
      reader.run();
    } finally {
      body = null;
    }
  }

  /** What its body says of the cache. */
  Optional<JsonNode> cacheMember() {
    return cacheMember;
  }

  /** Answers it with an error, and records that. */
  public void refuse(Refusal refusal) {
    int status = reply.refuse(Head.of(id), refusal);
    if (body != null) {
      RequestJson.text(body, "model").ifPresent(this::asks);
    }
    ended(alias, Report.early(Outcome.REFUSED, status, refusal.failure(), services.now()));
  }

  /** Answers it without any exchange, and records that. */
  void answer(String label, byte[] answer) {
    reply.whole(Head.of(id), HttpReply.JSON, answer);
    ended(label, Report.early(Outcome.COMPLETED, 200, null, services.now()));
  }

  /** Its client has gone before anything was answered. */
  void gone() {
    ended(alias, Report.early(Outcome.CLIENT_GONE, 0, null, services.now()));
  }

  /**
   * What is recorded of it.
   *
   * @param label of the model that it asks for
   * @param operation null when it was not understood
   */
  Asked asked(String label, @Nullable Operation operation, boolean streamed, Sender sender) {
    AccessKey key = visit.key();
    String path = request().path();
    return new Asked(
        route,
        path == null ? route : path,
        operation,
        Label.of(family),
        streamed,
        label,
        sender.client(),
        key == null ? null : key.name(),
        sender.conversation(),
        header("traceparent"),
        at);
  }

  private void ended(String label, Report report) {
    services.quotas().ended(id, report.counts());
    ClientId client = client(null, null);
    Sender sender = new Sender(client, ConversationIds.of(this::header, null, null, client));
    Asked asked = asked(label, null, false, sender);
    ExchangeFacts facts =
        new ExchangeFacts(id, asked, at, Instant.MAX, services.fleet().plan().waiting());
    services.ledger().ended(facts, report);
  }
}
