package com.visiquate.ccproxy.bus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.visiquate.ccproxy.bus.Announcement.Draining;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.impl.MessageConsumerImpl;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

@Isolated
final class BusTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(MessageConsumerImpl.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicInteger heard = new AtomicInteger();
  private Vertx vertx;
  private Bus bus;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    bus = Bus.of(vertx);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void close() throws Exception {
    logger.detachAppender(lines);
    done(vertx.close());
  }

  @Test
  void doesNotWarnOfWhatComesTooLateForSomebodyWhoEnds() throws Exception {
    Promise<Void> over = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(
            nothing -> {
              Bus.Subscription listening =
                  bus.listen(Address.DRAINING, draining -> heard.incrementAndGet());
              sendElsewhere();
              listening.end().onComplete(over);
            });
    done(over.future());
    assertThat(heard).hasValue(0);
    assertThat(lines.list).isEmpty();
  }

  /** They are there before this turn of the event loop is over, so that nobody can hear them. */
  private void sendElsewhere() {
    CountDownLatch sent = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              for (int i = 0; i < 3; i++) {
                bus.publish(Address.DRAINING, new Draining(Instant.EPOCH));
              }
              sent.countDown();
            });
    try {
      assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static void done(Future<Void> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
