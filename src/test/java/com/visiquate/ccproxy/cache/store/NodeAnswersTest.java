package com.visiquate.ccproxy.cache.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.SharedMessage.AnswerFound;
import com.visiquate.ccproxy.bus.SharedMessage.KnownAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What all nodes know, from the side of those who must not wait for it. */
final class NodeAnswersTest {
  private static final AnswerKey KEY = new AnswerKey("m", "", "0123");
  private static final byte[] BYTES = {1, 2, 3};

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.of(vertx);
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final NodeAnswers answers = new NodeAnswers(bus, now::get);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger kept = new AtomicInteger();

  @AfterEach
  void close() {
    done(vertx.close());
  }

  @Test
  void findsWhatAnotherNodeKnows() {
    KnownAnswer known = new KnownAnswer(KEY.text(), BYTES, Duration.ofSeconds(5));
    bus.answer(
        Address.SHARED_ANSWERS,
        find -> new AnswerFound(find.name().equals(KEY.text()) ? known : null));

    assertThat(done(answers.find(KEY))).hasValue(BYTES);
    assertThat(done(answers.find(new AnswerKey("m", "", "4567")))).isEmpty();
  }

  @Test
  void leavesWhatDoesNotAnswerAloneAndAsksAgainLater() {
    Promise<AnswerFound> never = Promise.promise();
    var silence =
        bus.answerLater(
            Address.SHARED_ANSWERS,
            find -> {
              asked.incrementAndGet();
              return never.future();
            });
    bus.listen(Address.SHARED_KEEP, keepsake -> kept.incrementAndGet());

    for (int i = 0; i < 3; i++) {
      assertThat(answers.isAsked()).isTrue();
      assertThat(done(answers.find(KEY))).isEmpty();
    }
    assertThat(answers.isAsked()).isFalse();
    answers.put(KEY, BYTES, Duration.ofSeconds(5));
    now.set(Instant.EPOCH.plusSeconds(3));
    assertThat(answers.isAsked()).isTrue();
    done(silence.end());
    bus.answer(Address.SHARED_ANSWERS, find -> new AnswerFound(null));
    assertThat(done(answers.find(KEY))).isEmpty();
    assertThat(answers.isAsked()).isTrue();
    assertThat(asked).hasValue(3);
    assertThat(kept).hasValue(0);
  }

  @Test
  void nobodyIsThere() {
    assertThat(done(answers.find(KEY))).isEqualTo(Optional.empty());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
