package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage.Credit;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.http.exchange.ClientExchange;
import com.visiquate.ccproxy.http.exchange.ExchangeFacts;
import com.visiquate.ccproxy.http.exchange.ExchangeIds;
import com.visiquate.ccproxy.http.exchange.ExchangeOwner;
import com.visiquate.ccproxy.http.exchange.Findings;
import com.visiquate.ccproxy.http.exchange.Report;
import com.visiquate.ccproxy.http.reply.ErrorBody;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Packing;
import com.visiquate.ccproxy.http.reply.Reply;
import com.visiquate.ccproxy.http.view.Explanation;
import com.visiquate.ccproxy.http.view.FleetView;
import com.visiquate.ccproxy.http.view.SizedRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One ingress's side of the bus: submits exchanges, hands them what is said, and lets them go. */
public final class Ingress implements ExchangeOwner {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final int number;
  private final long bodyLimit;
  private final Bus bus;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final FleetView fleet;
  private final ErrorBody errors;
  private final ExchangeIds ids;
  private final Ledger ledger;
  private final Pulse pulse;
  private final PromptSizes sizes;
  private final FallbackFinder alternatives;
  private final MemoryClient memory;
  private final Quotas quotas;
  private final Vertx vertx;
  private final ClientExchanges exchanges = new ClientExchanges();
  private final Runnable drained;

  public Ingress(int number, long bodyLimit, Bus bus, Tools tools, Runnable drained) {
    this.drained = drained;
    this.number = number;
    this.bodyLimit = bodyLimit;
    this.bus = bus;
    this.clock = tools.clock();
    this.random = tools.random();
    this.fleet = tools.fleet();
    this.errors = tools.errors();
    this.ids = new ExchangeIds(random);
    this.ledger = new Ledger(bus);
    this.memory = new MemoryClient(bus);
    this.quotas = new Quotas(bus);
    this.vertx = tools.vertx();
    this.pulse = new Pulse(vertx, this::tick);
    this.sizes = tools.sizes();
    this.alternatives = new FallbackFinder(fleet, sizes);
  }

  /** What an ingress works with. */
  public record Tools(
      InstantSource clock,
      RandomGenerator random,
      FleetView fleet,
      ErrorBody errors,
      PromptSizes sizes,
      Vertx vertx) {}

  public SizedRequest sized(Decoded.Understood understood) {
    return sizes.of(understood);
  }

  public ClientExchange open(
      ExchangeFacts ticket, Dialect dialect, SizedRequest request, Reply reply) {
    Decoded.Understood understood = request.understood();
    Identity identity =
        new Identity(
            ticket.exchange().value(), ticket.arrived().getEpochSecond(), understood.model());
    Answer plain = memory.keeping(dialect.answer(understood, identity), understood);
    Findings findings = new Findings(ticket, Explanation.of(request, fleet));
    List<String> dropped = request.dropped();
    findings.dropped(dropped);
    Answer answer = sizes.learningFrom(plain, request.prompt(), findings);
    ClientExchange exchange =
        new ClientExchange(findings, understood.parts().size(), answer, reply, this);
    // Before it is submitted: its first words may overtake its admission.
    exchanges.add(exchange);
    beatBy(exchange.due());
    ledger.dropped(ticket.route(), dropped);
    return exchange;
  }

  /** Asks routing for slots, unless it is clear that no slot could help. */
  public void submit(
      ClientExchange exchange,
      SizedRequest request,
      @Nullable Priority priority,
      @Nullable AccessKey key) {
    List<ModelRequest> parts = request.understood().parts();
    FallbackOptions detour = alternatives.of(request, key);
    Failure overflow = detour.fallbacks().isEmpty() ? detour.refusal() : null;
    exchange.begin(
        part -> {
          if (overflow == null) {
            submit(exchange, part.id(), parts.get(part.index()), priority, detour);
          } else {
            exchange.answered(part.id(), new Refused(overflow), now());
          }
        });
  }

  private void submit(
      ClientExchange exchange,
      ExchangeId part,
      ModelRequest request,
      @Nullable Priority priority,
      FallbackOptions detour) {
    ExchangeFacts ticket = exchange.ticket();
    Submit submit =
        new Submit(
            part,
            number,
            request,
            priority,
            ticket.client(),
            ticket.deadline(),
            detour,
            !ticket.stream());
    bus.send(Address.ROUTING_SUBMIT, submit);
  }

  public void heard(ToIngress message) {
    exchanges.heard(message, now());
  }

  public void shutDown() {
    exchanges.shutDown(now());
    pulse.stop();
  }

  @Override
  public void leave(ExchangeId exchange, Why why) {
    bus.send(Address.ROUTING_LEAVE, new Leave(exchange, why));
  }

  @Override
  public void credit(BackendId backend, ExchangeId exchange, int messages) {
    bus.send(Address.control(backend), new Credit(exchange, messages));
  }

  @Override
  public void ended(ExchangeFacts ticket, Report report) {
    exchanges.remove(ticket.exchange());
    quotas.ended(ticket.exchange(), report.counts());
    ledger.ended(ticket, report);
    checkDrained();
  }

  /** Accepts nothing new; what runs may go on until then. */
  public void drain(Instant until) {
    fleet.draining(until);
    beatBy(until);
    checkDrained();
  }

  private void checkDrained() {
    if (fleet.isDraining() && exchanges.isEmpty()) {
      drained.run();
    }
  }

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

  public ExchangeId nextId() {
    return ids.next();
  }

  public Instant now() {
    return clock.instant();
  }

  public FleetView fleet() {
    return fleet;
  }

  public Ledger ledger() {
    return ledger;
  }

  public MemoryClient memory() {
    return memory;
  }

  public Quotas quotas() {
    return quotas;
  }

  public long bodyLimit() {
    return bodyLimit;
  }

  public String priorityHeader() {
    return fleet.plan().priorities().header();
  }

  private void tick() {
    Instant now = now();
    exchanges.tick(now);
    if (fleet.mustEnd(now)) {
      exchanges.shutDown(now);
    }
    exchanges.due().map(fleet::orEnd).ifPresentOrElse(this::beatBy, pulse::stop);
  }

  private void beatBy(Instant due) {
    pulse.beatAfter(Duration.between(now(), due));
  }
}
