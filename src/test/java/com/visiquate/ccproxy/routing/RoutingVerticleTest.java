package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.completed;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Fixture.lost;
import static com.visiquate.ccproxy.routing.Fixture.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Admission;
import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Start;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the stage says on the bus; backends and clients are played by the test. */
@ExtendWith(VertxExtension.class)
@Timeout(20)
final class RoutingVerticleTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final BlockingQueue<Start> starts = new LinkedBlockingQueue<>();
  private final BlockingQueue<BusMessage.Stop> stops = new LinkedBlockingQueue<>();
  private final BlockingQueue<Broke> broken = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answered> answers = new LinkedBlockingQueue<>();
  private volatile boolean full;
  private Vertx vertx;
  private Bus bus;

  @BeforeEach
  void listen(Vertx injected) {
    vertx = injected;
    bus = Bus.of(injected);
    bus.listen(Address.ingress(0), this::hear);
    for (String backend : List.of("b1", "b2", "b3")) {
      bus.listen(Address.start(id(backend)), order -> play((Start) order));
      bus.listen(Address.control(id(backend)), this::obey);
    }
  }

  @Test
  void spreadsABurst() throws Exception {
    deploy(equalBackends(3, 40, bounds(9)));
    for (int i = 0; i < 100; i++) {
      assertThat(submit(i, "fast")).isInstanceOf(Admitted.class);
    }
    Map<BackendId, Integer> counted = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      counted.merge(next(starts).placement().backend(), 1, Integer::sum);
    }
    assertThat(counted.values()).containsExactlyInAnyOrder(34, 33, 33);
  }

  @Test
  void namesTheNearestModelsOfAnUnknownOne() throws Exception {
    deploy(equalBackends(1, 1, bounds(9)));
    Refused refused = (Refused) submit(0, "fasst");
    assertThat(refused.failure().kind()).isEqualTo(Kind.UNKNOWN_MODEL);
    assertThat(refused.failure().message())
        .isEqualTo(
            "The model `fasst` does not exist or you do not have access to it. Nearest known"
                + " names: fast, gpt-4.");
  }

  @Test
  void offersAHandedBackRequestAgain() throws Exception {
    deploy(equalBackends(1, 1, bounds(9)));
    full = true;
    submit(0, "fast");
    assertThat(next(starts).placement().attempt()).isEqualTo(1);
    full = false;
    bus.publish(Address.FLEET_STATUS, up("b1"));
    assertThat(next(starts).exchange()).isEqualTo(exchange(0));
  }

  @Test
  void triesEveryBackendOnceAndThenSaysWhy() throws Exception {
    deploy(equalBackends(3, 1, bounds(9)));
    submit(0, "gpt-4");
    for (int attempt = 1; attempt <= 3; attempt++) {
      Start start = next(starts);
      assertThat(start.placement().attempt()).isEqualTo(attempt);
      bus.send(Address.ROUTING_REPORT, lost(exchange(0), start.placement().backend()));
    }
    assertThat(next(broken).failure().kind()).isEqualTo(Kind.BACKEND_LOST);
  }

  @Test
  void stopsARunningRequestWhoseClientLeaves() throws Exception {
    deploy(equalBackends(1, 1, bounds(9)));
    submit(0, "fast");
    submit(1, "fast");
    bus.send(Address.ROUTING_LEAVE, new BusMessage.Leave(exchange(1), Why.CLIENT_GONE));
    bus.send(Address.ROUTING_LEAVE, new BusMessage.Leave(exchange(0), Why.CLIENT_GONE));
    assertThat(next(stops)).isEqualTo(new BusMessage.Stop(exchange(0), Why.CLIENT_GONE));
    bus.send(Address.ROUTING_REPORT, completed(exchange(0), id("b1")));
    submit(2, "fast");
    assertThat(List.of(next(starts).exchange(), next(starts).exchange()))
        .containsExactly(exchange(0), exchange(2));
  }

  @Test
  void refusesAWaitingRequestWhoseTimeIsOver() throws Exception {
    deploy(equalBackends(1, 1, bounds(9)));
    submit(0, "fast");
    assertThat(((Admitted) submit(1, "fast")).place()).isEqualTo(1);
    now.set(START.plusSeconds(301));
    bus.publish(Address.FLEET_STATUS, up("b1"));
    Broke broke = next(broken);
    assertThat(broke.exchange()).isEqualTo(exchange(1));
    assertThat(broke.failure().kind()).isEqualTo(Kind.QUEUE_TIMEOUT);
  }

  @Test
  void refusesWhatWaitsForARemovedModel() throws Exception {
    deploy(equalBackends(1, 1, bounds(9)));
    submit(0, "fast");
    submit(1, "fast");
    FleetPlan without =
        Fixture.plan(
            List.of(Fixture.backend("b1", 1)),
            List.of(Fixture.model(Fixture.DEEP, "b1")),
            bounds(9));
    bus.publish(Address.FLEET_PLAN, new Announcement.Replanned(without));
    Broke broke = next(broken);
    assertThat(broke.exchange()).isEqualTo(exchange(1));
    assertThat(broke.failure().kind()).isEqualTo(Kind.UNKNOWN_MODEL);
    assertThat(submit(2, "fast")).isInstanceOf(Refused.class);
  }

  @Test
  void refusesEverybodyWhoWaitsWhenTheGatewayEnds() throws Exception {
    deploy(equalBackends(1, 1, bounds(9)));
    submit(0, "fast");
    submit(1, "fast");
    bus.publish(Address.DRAINING, new Announcement.Draining(START.plusSeconds(30)));
    assertThat(next(broken).failure().kind()).isEqualTo(Kind.SHUTTING_DOWN);
    Refused refused = (Refused) submit(2, "fast");
    assertThat(refused.failure().kind()).isEqualTo(Kind.SHUTTING_DOWN);
  }

  /** Answers first, so that whoever has seen the start knows that its answer is on its way. */
  private void play(Start start) {
    BackendId at = start.placement().backend();
    bus.send(
        Address.ROUTING_REPORT,
        full
            ? new BusMessage.NoRoom(start.exchange(), at, "full")
            : new BusMessage.Started(start.exchange(), at));
    starts.add(start);
  }

  private void obey(BusMessage.Control control) {
    if (control instanceof BusMessage.Stop stop) {
      stops.add(stop);
    }
  }

  private void hear(BusMessage.ToIngress message) {
    switch (message) {
      case Broke broke -> broken.add(broke);
      case Answered answer -> answers.add(answer);
      default -> {}
    }
  }

  private void deploy(FleetPlan plan) throws Exception {
    RoutingVerticle verticle = new RoutingVerticle(plan, now::get, new Random(7));
    vertx.deployVerticle(verticle).await(30, TimeUnit.SECONDS);
    plan.backends().forEach(spec -> publishUp(spec.id().value(), spec.slots()));
  }

  private void publishUp(String backend, int slots) {
    bus.publish(
        Address.FLEET_STATUS, new Announcement.StatusChanged(status(backend, Health.UP, slots)));
  }

  private static Announcement.StatusChanged up(String backend) {
    return new Announcement.StatusChanged(status(backend, Health.UP, 1));
  }

  private Admission submit(int number, String model) throws Exception {
    ChatRequest request = ChatRequest.of(model, List.of(new Message.User("hello")));
    Submit submit =
        new Submit(
            exchange(number),
            0,
            request,
            null,
            new ClientId("me"),
            START.plusSeconds(100_000),
            FallbackOptions.NONE,
            false);
    bus.send(Address.ROUTING_SUBMIT, submit);
    Answered answer = next(answers);
    assertThat(answer.exchange()).isEqualTo(exchange(number));
    return answer.admission();
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(30, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return Objects.requireNonNull(next);
  }
}
