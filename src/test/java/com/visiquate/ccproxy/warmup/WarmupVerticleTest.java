package com.visiquate.ccproxy.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.visiquate.ccproxy.LoggedBugs;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.Fact;
import com.visiquate.ccproxy.bus.WarmupMessage;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Timeout(30)
@Isolated
final class WarmupVerticleTest {
  private final BlockingQueue<WarmupMessage.Warm> orders = new LinkedBlockingQueue<>();
  private final BlockingQueue<Fact> facts = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private Bus bus;
  private volatile Runnable meanwhile = () -> {};
  private volatile WarmupMessage.WarmReply reply = new WarmupMessage.Warmed(Duration.ofSeconds(3));

  @BeforeEach
  void begin() throws Exception {
    vertx = Vertx.vertx();
    bus = Bus.of(vertx);
    bus.answer(Address.warm(Plans.B), this::answer);
    bus.listen(Address.METRICS_FACT, facts::add);
    await(vertx.deployVerticle(new WarmupVerticle(Plans.plan(1, Plans.model("m", true, "-1")))));
  }

  @AfterEach
  void end() throws Exception {
    await(vertx.close());
  }

  @Test
  void ordersALoadWhenABackendIsUp() throws Exception {
    publish(Health.UP);
    assertThat(next(orders).model().name().value()).isEqualTo("m");
    Fact.WarmEnded fact = (Fact.WarmEnded) next(facts);
    assertThat(fact.loaded()).isTrue();
    assertThat(fact.took()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void publishesThatALoadFailed() throws Exception {
    reply = new WarmupMessage.NotWarmed(Failure.of(Failure.Kind.BACKEND_ERROR, "no memory"));
    publish(Health.UP);
    next(orders);
    assertThat(((Fact.WarmEnded) next(facts)).loaded()).isFalse();
  }

  /** A load that the end of the gateway breaks off says nothing about the backend. */
  @Test
  void doesNotSayThatALoadFailedWhenTheGatewayEnds() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(WarmupVerticle.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    reply = new WarmupMessage.NotWarmed(Failure.of(Failure.Kind.BACKEND_LOST, "closed"));
    meanwhile = () -> bus.publish(Address.DRAINING, new Announcement.Draining(Instant.EPOCH));
    publish(Health.UP);
    next(orders);
    await(vertx.close());
    logger.detachAppender(lines);
    assertThat(lines.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
    assertThat(facts).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // a null where there must be none is the bug
  void goesOnAfterABug() throws Exception {
    try (LoggedBugs bugs = new LoggedBugs()) {
      bus.publish(Address.FLEET_STATUS, new Announcement.StatusChanged(null));
      publish(Health.UP);
      assertThat(next(orders).model().name().value()).isEqualTo("m");
      assertThat(bugs.lines()).containsExactly("record=StatusChanged");
    }
  }

  @Test
  void followsANewPlan() throws Exception {
    publish(Health.UP);
    next(orders);
    next(facts);
    bus.publish(
        Address.FLEET_PLAN,
        new Announcement.Replanned(Plans.plan(1, Plans.model("new", true, "-1"))));
    assertThat(next(orders).model().name().value()).isEqualTo("new");
  }

  private WarmupMessage.WarmReply answer(WarmupMessage.Warm order) {
    meanwhile.run();
    orders.add(order);
    return reply;
  }

  private void publish(Health health) {
    bus.publish(Address.FLEET_STATUS, new Announcement.StatusChanged(Plans.status(health, 0)));
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static void await(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
