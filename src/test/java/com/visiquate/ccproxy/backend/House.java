package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.WarmupMessage;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Reading;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** The rest of the house around one backend: what it is told, in order. */
public final class House {
  public static final BackendId ID = new BackendId("b");
  public static final ModelSpec MODEL = model("m");
  final BlockingQueue<BusMessage.ToIngress> client = new LinkedBlockingQueue<>();
  final BlockingQueue<BusMessage.SlotReport> routing = new LinkedBlockingQueue<>();
  private final BlockingQueue<BusMessage.StartReply> answers = new LinkedBlockingQueue<>();
  final BlockingQueue<BackendStatus> status = new LinkedBlockingQueue<>();
  final BackendVerticle verticle;
  final String deployment;
  final Bus bus;
  private final Vertx vertx;

  House(Vertx vertx, URI url, Limits limits) {
    this(vertx, url, limits, 1);
  }

  House(Vertx vertx, URI url, Limits limits, int slots) {
    this.vertx = vertx;
    bus = Bus.of(vertx);
    bus.listen(Address.ingress(0), client::add);
    bus.listen(Address.ROUTING_REPORT, this::reported);
    bus.listen(Address.FLEET_STATUS, change -> status.add(change.status()));
    verticle =
        new BackendVerticle(new BackendSpec(ID, url, slots, 1, "h", 1, GhostRule.AUTO), limits);
    deployment = Waits.done(vertx.deployVerticle(verticle));
  }

  static ModelSpec model(String name) {
    return new ModelSpec(new ModelName(name), name, 4096, List.of(ID), true, "30m", Map.of());
  }

  static Limits limits(Duration firstToken, Duration betweenTokens) {
    return new Limits(Duration.ofSeconds(2), firstToken, betweenTokens, Duration.ofSeconds(300));
  }

  boolean runs(String exchange) {
    BusMessage.Inquiry inquiry = new BusMessage.Inquiry(new ExchangeId(exchange));
    return Waits.done(bus.ask(Address.inquiry(ID), inquiry, Duration.ofSeconds(30))).runs();
  }

  BusMessage.StartReply start(String exchange) {
    return start(exchange, MODEL, Instant.MAX);
  }

  BusMessage.StartReply start(String exchange, ModelSpec model, Instant deadline) {
    return start(exchange, model, "hello", deadline);
  }

  BusMessage.StartReply start(String exchange, ModelSpec model, String prompt, Instant deadline) {
    return start(exchange, model, ChatRequest.of("m", List.of(new Message.User(prompt))), deadline);
  }

  /** A prompt that is stuck when it takes longer than this. */
  BusMessage.StartReply start(String exchange, Duration longest) {
    ChatRequest request = ChatRequest.of("m", List.of(new Message.User("hello")));
    return start(exchange, MODEL, request, Instant.MAX, new Reading(Duration.ZERO, false, longest));
  }

  BusMessage.StartReply start(
      String exchange, ModelSpec model, ModelRequest request, Instant deadline) {
    return start(exchange, model, request, deadline, Reading.UNKNOWN);
  }

  BusMessage.StartReply start(
      String exchange, ModelSpec model, ModelRequest request, Instant deadline, Reading reading) {
    BusMessage.Start start =
        new BusMessage.Start(
            new ExchangeId(exchange),
            0,
            model,
            request,
            new Placement(ID, model.name(), 1, Duration.ZERO),
            deadline,
            false,
            reading);
    bus.send(Address.start(ID), start);
    return Waits.next(answers);
  }

  private void reported(BusMessage.SlotReport report) {
    if (report instanceof BusMessage.StartReply answer) {
      answers.add(answer);
    } else {
      routing.add(report);
    }
  }

  WarmupMessage.WarmReply warm(ModelSpec model) {
    return Waits.done(askWarm(model));
  }

  io.vertx.core.Future<WarmupMessage.WarmReply> askWarm(ModelSpec model) {
    return bus.ask(Address.warm(ID), new WarmupMessage.Warm(model), Duration.ofSeconds(20));
  }

  void control(BusMessage.Control control) {
    bus.send(Address.control(ID), control);
  }

  void stop(String exchange) {
    control(new BusMessage.Stop(new ExchangeId(exchange), BusMessage.Why.CLIENT_GONE));
  }

  BusMessage.ToIngress client() {
    return Waits.next(client);
  }

  BusMessage.SlotReport report() {
    return Waits.next(routing);
  }

  /** Waits until the backend says so of itself. */
  BackendStatus until(Predicate<BackendStatus> holds) {
    BackendStatus one = Waits.next(status);
    while (!holds.test(one)) {
      one = Waits.next(status);
    }
    return one;
  }

  void undeploy() {
    Waits.done(vertx.undeploy(deployment));
  }
}
