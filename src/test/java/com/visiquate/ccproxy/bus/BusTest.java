package com.visiquate.ccproxy.bus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.visiquate.ccproxy.bus.Announcement.Draining;
import com.visiquate.ccproxy.bus.BusMessage.Found;
import com.visiquate.ccproxy.bus.BusMessage.Inquiry;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

@Isolated
final class BusTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Address<Inquiry, Found> INQUIRY = Address.inquiry(new BackendId("b"));
  private final Logger logger = (Logger) LoggerFactory.getLogger(Bus.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicInteger heard = new AtomicInteger();
  private final BlockingQueue<BusMessage> mended = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private Bus bus;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    bus = Bus.of(vertx);
    lines.start();
    logger.setAdditive(false);
    logger.addAppender(lines);
  }

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
    logger.detachAppender(lines);
    logger.setAdditive(true);
  }

  @Test
  void tellsNobodyWhoEndsWhatComesTooLate() throws Exception {
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
  }

  @Test
  void mendsWhatABugBreaksAndGoesOn() throws Exception {
    Leave bad = leave("bad");
    BlockingQueue<Leave> good = new LinkedBlockingQueue<>();
    bus.mendedBy(mended::add)
        .listen(
            Address.ROUTING_LEAVE,
            leave -> {
              if (leave.equals(bad)) {
                throw new IllegalStateException("a bug");
              }
              good.add(leave);
            });
    bus.send(Address.ROUTING_LEAVE, bad);
    bus.send(Address.ROUTING_LEAVE, leave("good"));

    assertThat(next(good)).isEqualTo(leave("good"));
    assertThat(mended).containsExactly(bad);
    assertThat(lines.list).singleElement().satisfies(line -> tells(line, "bad", "Leave"));
  }

  @Test
  void tellsOfABugThatConcernsNoExchange() throws Exception {
    bus.mendedBy(mended::add)
        .listen(
            Address.DRAINING,
            draining -> {
              throw new IllegalStateException("a bug");
            });
    bus.publish(Address.DRAINING, new Draining(Instant.EPOCH));

    assertThat(next(mended)).isEqualTo(new Draining(Instant.EPOCH));
    assertThat(keyValues(lines.list.getFirst())).containsExactly("record=Draining");
  }

  @Test
  void failsAtOnceWhatABugDoesNotAnswer() throws Exception {
    bus.answer(
        INQUIRY,
        inquiry -> {
          throw new IllegalStateException("a bug");
        });

    assertThat(failure()).isNotNull().matches(cause -> !Bus.isLate(cause));
    assertThat(lines.list).singleElement().satisfies(line -> tells(line, "asked", "Inquiry"));
  }

  @Test
  void failsAtOnceWhatABugWouldAnswerLater() throws Exception {
    bus.answerLater(
        INQUIRY,
        inquiry -> {
          throw new IllegalStateException("a bug");
        });

    assertThat(failure()).isNotNull().matches(cause -> !Bus.isLate(cause));
    assertThat(lines.list).singleElement().satisfies(line -> tells(line, "asked", "Inquiry"));
  }

  @Test
  void takesALaterAnswerThatFailsForABug() throws Exception {
    bus.answerLater(INQUIRY, inquiry -> Future.failedFuture(new IllegalStateException("a bug")));

    assertThat(failure()).isNotNull().matches(cause -> !Bus.isLate(cause));
    assertThat(lines.list).singleElement().satisfies(line -> tells(line, "asked", "Inquiry"));
  }

  @Test
  void tellsOfABugInMending() throws Exception {
    bus.mendedBy(
            message -> {
              throw new IllegalStateException("another bug");
            })
        .answer(
            INQUIRY,
            inquiry -> {
              throw new IllegalStateException("a bug");
            });

    assertThat(failure()).isNotNull();
    assertThat(failure()).isNotNull();
    assertThat(lines.list)
        .extracting(line -> line.getThrowableProxy().getMessage())
        .startsWith("a bug", "another bug", "a bug");
  }

  private Throwable failure() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    bus.ask(INQUIRY, new Inquiry(new ExchangeId("asked")), LONG)
        .onFailure(failure::complete)
        .onSuccess(found -> failure.complete(null));
    return failure.get(20, TimeUnit.SECONDS);
  }

  private static Leave leave(String exchange) {
    return new Leave(new ExchangeId(exchange), Why.CLIENT_GONE);
  }

  private static void tells(ILoggingEvent line, String exchange, String record) {
    assertThat(line.getLevel()).isEqualTo(Level.ERROR);
    assertThat(line.getThrowableProxy().getMessage()).isEqualTo("a bug");
    assertThat(keyValues(line)).containsExactly("exchange=" + exchange, "record=" + record);
  }

  private static List<String> keyValues(ILoggingEvent line) {
    List<KeyValuePair> pairs = line.getKeyValuePairs();
    return pairs.stream().map(pair -> pair.key + "=" + pair.value).toList();
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

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static void done(Future<Void> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
