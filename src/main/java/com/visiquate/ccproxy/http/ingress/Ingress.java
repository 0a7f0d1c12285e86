package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Credit;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.CacheWish;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.http.exchange.ClientExchange;
import com.visiquate.ccproxy.http.exchange.ExchangeFacts;
import com.visiquate.ccproxy.http.exchange.ExchangeOwner;
import com.visiquate.ccproxy.http.exchange.Findings;
import com.visiquate.ccproxy.http.exchange.Parts;
import com.visiquate.ccproxy.http.exchange.Report;
import com.visiquate.ccproxy.http.reply.Reply;
import com.visiquate.ccproxy.http.view.Explanation;
import com.visiquate.ccproxy.http.view.SizedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One ingress's side of the bus: submits exchanges, hands them what is said, and lets them go. */
public final class Ingress implements ExchangeOwner {
  private final int number;
  private final Bus bus;
  private final Services services;
  private final FallbackFinder fallbacks;
  private final Captures captures;
  private final Pulse pulse;
  private final ClientExchanges exchanges = new ClientExchanges();
  private final Runnable drained;

  /**
   * One that has no exchange yet.
   *
   * @param number its number; its address on the bus
   * @param drained told when it drains and has no exchange any more
   */
  public Ingress(int number, Bus bus, Services services, Runnable drained) {
    this.number = number;
    this.bus = bus;
    this.services = services;
    this.fallbacks = new FallbackFinder(services.fleet(), services.sizes());
    this.captures = new Captures(bus);
    this.pulse = new Pulse(services.vertx(), this::tick);
    this.drained = drained;
  }

  public Services services() {
    return services;
  }

  public ClientExchange open(
      ExchangeFacts facts, Dialect dialect, SizedRequest request, Reply reply) {
    Decoded.Understood understood = request.understood();
    Identity identity =
        new Identity(
            facts.exchange().value(), facts.arrived().getEpochSecond(), understood.model());
    Answer plain = services.memory().keeping(dialect.answer(understood, identity), understood);
    Findings findings = new Findings(facts, Explanation.of(request, services.fleet()));
    List<String> dropped = request.dropped();
    findings.dropped(dropped);
    findings.looping(services.loops().begun(facts, understood.parts().getFirst()));
    Answer sized = services.sizes().learningFrom(plain, request.prompt(), findings);
    Answer answer = captures.keeping(sized, understood, findings);
    ClientExchange exchange =
        new ClientExchange(findings, understood.parts().size(), answer, reply, this);
    // Before it is submitted: its first words may overtake its admission.
    exchanges.add(exchange);
    beatBy(exchange.due());
    services.ledger().dropped(facts.route(), dropped);
    return exchange;
  }

  /** Asks routing for slots, unless it is clear that no slot could help. */
  public void submit(
      ClientExchange exchange,
      SizedRequest request,
      @Nullable Priority priority,
      @Nullable AccessKey key,
      CacheWish wish) {
    FallbackOptions options = fallbacks.of(request, key);
    Failure overflow = options.fallbacks().isEmpty() ? options.refusal() : null;
    exchange.begin(
        part -> {
          if (overflow == null) {
            Submit submit = submission(exchange, part, request, priority, options);
            if (!services.cache().submit(submit, wish, key)) {
              bus.send(Address.ROUTING_SUBMIT, submit);
            }
          } else {
            exchange.answered(part.id(), new Refused(overflow), services.now());
          }
        });
  }

  private Submit submission(
      ClientExchange exchange,
      Parts.Part part,
      SizedRequest request,
      @Nullable Priority priority,
      FallbackOptions options) {
    ExchangeFacts facts = exchange.facts();
    return new Submit(
        part.id(),
        number,
        request.understood().parts().get(part.index()),
        request.chosen(),
        priority,
        facts.client(),
        facts.deadline(),
        options,
        !facts.stream(),
        facts.asked().conversation().id());
  }

  public void heard(ToIngress message) {
    exchanges.heard(message, services.now());
  }

  /** A bug broke off what this message began. */
  public void mend(BusMessage message) {
    if (message instanceof ToIngress told) {
      exchanges.crashed(told.exchange(), services.now());
    }
  }

  public void shutDown() {
    exchanges.shutDown(services.now());
    pulse.stop();
  }

  @Override
  public void leave(ExchangeId exchange, Why why) {
    Leave leave = new Leave(exchange, why);
    if (!services.cache().leave(leave)) {
      bus.send(Address.ROUTING_LEAVE, leave);
    }
  }

  @Override
  public void credit(BackendId backend, ExchangeId exchange, int messages) {
    Credit credit = new Credit(exchange, messages);
    if (!services.cache().credit(backend, credit)) {
      bus.send(Address.control(backend), credit);
    }
  }

  @Override
  public void ended(ExchangeFacts facts, Report report) {
    services.cache().ended(exchanges.remove(facts.exchange()));
    services.loops().ended(facts.exchange(), report.outcome());
    services.quotas().ended(facts.exchange(), report.counts());
    services.ledger().ended(facts, report);
    checkDrained();
  }

  /** Accepts nothing new; what runs may go on until then. */
  public void drain(Instant until) {
    services.fleet().draining(until);
    beatBy(until);
    checkDrained();
  }

  private void checkDrained() {
    if (services.fleet().isDraining() && exchanges.isEmpty()) {
      drained.run();
    }
  }

  private void tick() {
    Instant now = services.now();
    exchanges.tick(now);
    if (services.fleet().mustEnd(now)) {
      exchanges.shutDown(now);
    }
    exchanges.due().map(services.fleet()::orEnd).ifPresentOrElse(this::beatBy, pulse::stop);
  }

  private void beatBy(Instant due) {
    pulse.beatAfter(Duration.between(services.now(), due));
  }
}
