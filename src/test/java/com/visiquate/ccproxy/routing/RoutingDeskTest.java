package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.completed;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Fixture.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Found;
import com.visiquate.ccproxy.bus.BusMessage.Order;
import com.visiquate.ccproxy.bus.BusMessage.Start;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders whose answer is overdue; a process that stood still for a while makes all of them so. */
@ExtendWith(VertxExtension.class)
@Timeout(20)
final class RoutingDeskTest {
  private final FakeTimer timer = new FakeTimer();
  private final BlockingQueue<Start> starts = new LinkedBlockingQueue<>();
  private final BlockingQueue<BusMessage.Control> controls = new LinkedBlockingQueue<>();
  private Context context;
  private Bus bus;
  private @Nullable RoutingDesk desk;

  @BeforeEach
  void prepare(Vertx vertx) {
    context = vertx.getOrCreateContext();
    bus = Bus.of(vertx);
  }

  @AfterEach
  void close() throws Exception {
    on(() -> Objects.requireNonNull(desk).close());
  }

  @Test
  void leavesWhatRunsToABackendThatIsLate(Vertx vertx) throws Exception {
    open(vertx, equalBackends(1, 1, bounds(9)));
    play("b1", true);
    submit(0);
    submit(1);
    assertThat(next(starts).exchange()).isEqualTo(exchange(0));
    overdue();
    report(new Started(exchange(0), id("b1")));
    report(completed(exchange(0), id("b1")));
    assertThat(next(starts).exchange()).isEqualTo(exchange(1));
    assertThat(controls).noneMatch(BusMessage.Stop.class::isInstance);
    assertThat(starts).isEmpty();
  }

  @Test
  void startsAgainWhatTheBackendDoesNotHave(Vertx vertx) throws Exception {
    open(vertx, equalBackends(1, 1, bounds(9)));
    play("b1", false);
    submit(0);
    assertThat(next(starts).exchange()).isEqualTo(exchange(0));
    overdue();
    up("b1");
    assertThat(next(starts).exchange()).isEqualTo(exchange(0));
    report(new Started(exchange(0), id("b1")));
    report(completed(exchange(0), id("b1")));
    submit(1);
    assertThat(next(starts).exchange()).isEqualTo(exchange(1));
  }

  @Test
  void goesElsewhereWhenNobodyIsThere(Vertx vertx) throws Exception {
    open(vertx, equalBackends(2, 1, bounds(9)));
    bus.listen(Address.start(id("b2")), this::hear);
    submit(0);
    submit(1);
    Start there = next(starts);
    report(new Started(there.exchange(), id("b2")));
    overdue();
    report(completed(there.exchange(), id("b2")));
    Start other = next(starts);
    assertThat(other.exchange()).isNotEqualTo(there.exchange());
    assertThat(other.placement().backend()).isEqualTo(id("b2"));
  }

  private void open(Vertx vertx, FleetPlan plan) throws Exception {
    on(
        () -> {
          Scheduler scheduler = new Scheduler(plan, new Random(7), START);
          WakeTimer alarm = new WakeTimer(vertx, timer::now);
          RoutingDesk opened = new RoutingDesk(scheduler, plan, new Outbox(bus), alarm, timer);
          opened.open(bus, bus);
          desk = opened;
          return Future.succeededFuture();
        });
    plan.backends().forEach(spec -> up(spec.id().value()));
  }

  /** A backend that takes orders without a word, and says when asked whether it runs them. */
  private void play(String backend, boolean runs) {
    bus.listen(Address.start(id(backend)), this::hear);
    bus.listen(Address.control(id(backend)), controls::add);
    bus.answer(Address.inquiry(id(backend)), inquiry -> new Found(runs));
  }

  private void hear(Order order) {
    starts.add((Start) order);
  }

  /** Makes the answer to every open order overdue; returns when the backends were asked. */
  private void overdue() throws Exception {
    on(
        () -> {
          timer.pass(PendingStarts.ANSWER);
          return Future.succeededFuture();
        });
    BackendId last = id("last");
    bus.answer(Address.inquiry(last), inquiry -> new Found(false));
    BusMessage.Inquiry behind = new BusMessage.Inquiry(exchange(99));
    on(() -> bus.ask(Address.inquiry(last), behind, Duration.ofSeconds(10)));
  }

  private void up(String backend) {
    bus.publish(
        Address.FLEET_STATUS, new Announcement.StatusChanged(status(backend, Health.UP, 1)));
  }

  private void report(BusMessage.SlotReport report) {
    bus.send(Address.ROUTING_REPORT, report);
  }

  private void submit(int number) {
    ChatRequest request = ChatRequest.of("fast", List.of(new Message.User("hello")));
    ClientId client = new ClientId("me");
    bus.send(
        Address.ROUTING_SUBMIT,
        new Submit(
            exchange(number),
            0,
            request,
            null,
            client,
            START.plusSeconds(100_000),
            FallbackOptions.NONE,
            false));
  }

  private void on(Supplier<Future<?>> step) throws Exception {
    Promise<Object> done = Promise.promise();
    context.runOnContext(nothing -> step.get().mapEmpty().onComplete(done));
    done.future().await(10, TimeUnit.SECONDS);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return Objects.requireNonNull(next);
  }
}
