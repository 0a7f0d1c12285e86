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

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.StatusChanged;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Control;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Start;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.bus.BusMessage.Stop;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.bus.OperatorMessage.Inspect;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Outcome;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/**
 * A bug ends one exchange, and no slot is lost: there is just one, which the next exchange gets.
 * The bug is a clock that breaks at the n-th time that it is read in a step.
 */
@ExtendWith(VertxExtension.class)
@Timeout(20)
final class RoutingBugTest {
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(Bus.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicInteger readsUntilBug = new AtomicInteger();
  private final BlockingQueue<Start> starts = new LinkedBlockingQueue<>();
  private final BlockingQueue<Stop> stops = new LinkedBlockingQueue<>();
  private final BlockingQueue<Broke> broken = new LinkedBlockingQueue<>();
  private Bus bus;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    lines.start();
    LOGGER.setAdditive(false);
    LOGGER.addAppender(lines);
    bus = Bus.of(vertx);
    bus.listen(Address.ingress(0), this::hear);
    bus.listen(Address.start(id("b1")), order -> play((Start) order));
    bus.listen(Address.control(id("b1")), this::obey);
    RoutingVerticle verticle =
        new RoutingVerticle(equalBackends(1, 1, bounds(9)), this::now, new Random(7));
    vertx.deployVerticle(verticle).await(20, TimeUnit.SECONDS);
    bus.publish(Address.FLEET_STATUS, new StatusChanged(status("b1", Health.UP, 1)));
  }

  @AfterEach
  void detach() {
    LOGGER.detachAppender(lines);
    LOGGER.setAdditive(true);
  }

  @Test
  void failsARequestThatIsNotEvenAdmitted() throws Exception {
    breakAtRead(1);
    submit(0);
    assertFailed(0, "Submit");
    assertSlotIsFree(1);
  }

  @Test
  void freesASlotOfWhichNoBackendHasHeard() throws Exception {
    breakAtRead(2);
    submit(0);
    assertFailed(0, "Submit");
    assertSlotIsFree(1);
    assertThat(stops).isEmpty();
  }

  @Test
  void givesUpThePlaceOfOneThatWaits() throws Exception {
    submit(0);
    next(starts);
    submit(1);
    submit(2);
    bus.send(Address.ROUTING_REPORT, new FirstToken(exchange(0), id("b1")));
    breakAtRead(1);
    bus.send(Address.ROUTING_LEAVE, new Leave(exchange(1), Why.TIMEOUT));
    assertFailed(1, "Leave");
    bus.send(Address.ROUTING_REPORT, completed(exchange(0), id("b1")));
    assertThat(next(starts).exchange()).isEqualTo(exchange(2));
  }

  @Test
  void stopsWhatRunsAndKeepsItsSlotUntilItHasEnded() throws Exception {
    submit(0);
    next(starts);
    submit(1);
    breakAtRead(1);
    bus.send(Address.ROUTING_REPORT, new FirstToken(exchange(0), id("b1")));
    assertFailed(0, "FirstToken");
    assertThat(next(stops)).isEqualTo(new Stop(exchange(0), Why.CLIENT_GONE));
    assertThat(starts).isEmpty();
    bus.send(Address.ROUTING_REPORT, completed(exchange(0), id("b1")));
    assertThat(next(starts).exchange()).isEqualTo(exchange(1));
  }

  @Test
  void failsWhatABackendHasLostAndFreesItsSlot() throws Exception {
    submit(0);
    next(starts);
    breakAtRead(1);
    bus.send(Address.ROUTING_REPORT, lost(exchange(0), id("b1")));
    assertFailed(0, "Lost");
    assertSlotIsFree(1);
  }

  @Test
  void freesTheSlotOfAnAnswerThatHasEnded() throws Exception {
    submit(0);
    next(starts);
    breakAtRead(1);
    bus.send(Address.ROUTING_REPORT, completed(exchange(0), id("b1")));
    assertSlotIsFree(1);
    assertLogged(0, "Ended");
    assertThat(broken).isEmpty();
  }

  /** Its turn came in the step that broke, so that nobody had told the backend. */
  @Test
  void startsAnotherOneThatTheBugKeptFromItsSlot() throws Exception {
    submit(0);
    next(starts);
    submit(1);
    bus.send(Address.ROUTING_REPORT, new FirstToken(exchange(0), id("b1")));
    breakAtRead(2);
    bus.send(Address.ROUTING_REPORT, completed(exchange(0), id("b1")));
    assertThat(next(starts).exchange()).isEqualTo(exchange(1));
    assertLogged(0, "Ended");
    bus.send(Address.ROUTING_REPORT, completed(exchange(1), id("b1")));
    assertSlotIsFree(2);
    assertThat(broken).isEmpty();
  }

  /** Lets everything happen first that was sent before. */
  private void breakAtRead(int number) throws Exception {
    bus.ask(Address.ROUTING_INSPECT, new Inspect(), Duration.ofSeconds(20))
        .await(20, TimeUnit.SECONDS);
    readsUntilBug.set(number);
  }

  private Instant now() {
    if (readsUntilBug.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
      throw new IllegalStateException("a bug");
    }
    return START;
  }

  private void assertFailed(int number, String record) throws Exception {
    Broke broke = next(broken);
    assertThat(broke.exchange()).isEqualTo(exchange(number));
    assertThat(broke.failure().kind()).isEqualTo(Failure.Kind.INTERNAL);
    assertThat(broke.outcome()).isEqualTo(Outcome.BACKEND_ERROR);
    assertLogged(number, record);
  }

  private void assertLogged(int number, String record) {
    assertThat(lines.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.ERROR);
              assertThat(line.getKeyValuePairs())
                  .extracting(pair -> pair.key + "=" + pair.value)
                  .containsExactly("exchange=" + exchange(number), "record=" + record);
            });
  }

  private void assertSlotIsFree(int number) throws Exception {
    submit(number);
    assertThat(next(starts).exchange()).isEqualTo(exchange(number));
    bus.send(Address.ROUTING_REPORT, completed(exchange(number), id("b1")));
    submit(number + 100);
    assertThat(next(starts).exchange()).isEqualTo(exchange(number + 100));
    assertThat(broken).isEmpty();
  }

  private void play(Start start) {
    bus.send(Address.ROUTING_REPORT, new Started(start.exchange(), id("b1")));
    starts.add(start);
  }

  private void obey(Control control) {
    if (control instanceof Stop stop) {
      stops.add(stop);
    }
  }

  private void hear(BusMessage.ToIngress message) {
    if (message instanceof Broke broke) {
      broken.add(broke);
    }
  }

  private void submit(int number) {
    ChatRequest request = ChatRequest.of("fast", List.of(new Message.User("hello " + number)));
    bus.send(
        Address.ROUTING_SUBMIT,
        new Submit(
            exchange(number),
            0,
            request,
            null,
            new ClientId("me"),
            START.plusSeconds(100_000),
            FallbackOptions.NONE,
            false));
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return Objects.requireNonNull(next);
  }
}
