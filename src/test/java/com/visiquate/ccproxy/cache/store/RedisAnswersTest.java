package com.visiquate.ccproxy.cache.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.visiquate.ccproxy.bus.Fact.RedisAsked;
import com.visiquate.ccproxy.bus.Fact.Reply;
import com.visiquate.ccproxy.config.CacheSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import redis.embedded.RedisServer;

/** A real Redis, and one that is away, silent or mad. */
@Tag("database")
@Timeout(60)
final class RedisAnswersTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(RedisAnswers.class);
  private static final AnswerKey KEY = new AnswerKey("only-here:7b", "a*team", "0123");
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
  private final Vertx vertx = Vertx.vertx();
  private final List<RedisAsked> asked = new CopyOnWriteArrayList<>();

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    LOG.addAppender(log);
  }

  @AfterEach
  void end() throws Exception {
    LOG.detachAppender(log);
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private RedisAnswers answers(int port) {
    return answers(new CacheSettings.Redis("redis://127.0.0.1:" + port, "", ""));
  }

  private RedisAnswers answers(CacheSettings.Redis redis) {
    return new RedisAnswers(vertx, now::get, redis, asked::add);
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }

  /** What is put is there a moment later: nobody waits for it. */
  private static void untilFound(RedisAnswers answers, AnswerKey key, byte[] bytes)
      throws Exception {
    Optional<byte[]> found = done(answers.find(key));
    while (found.isEmpty()) {
      answers.put(key, bytes, Duration.ofMinutes(5));
      found = done(answers.find(key));
    }
    assertThat(found.get()).isEqualTo(bytes);
  }

  @Test
  void keepsBytesAndDeletesThemByModelAndNamespace() throws Exception {
    try (RealRedis redis = RealRedis.start()) {
      RedisAnswers answers = answers(redis.settings());
      byte[] bytes = {0, 13, 10, -1, 36};
      AnswerKey other = new AnswerKey("only-here:7b", "", "0123");
      untilFound(answers, KEY, bytes);
      untilFound(answers, other, bytes);
      assertThat(done(answers.find(new AnswerKey("only-here", "a*team", "0123")))).isEmpty();
      assertThat(done(answers.delete("only-here", null))).isZero();
      assertThat(done(answers.delete("only-here:7b", "a*team"))).isEqualTo(1);
      assertThat(done(answers.find(KEY))).isEmpty();
      assertThat(done(answers.delete(List.of(other.text())))).isEqualTo(1);
      assertThat(answers.look().since()).isNull();
    }
  }

  @Test
  void isLeftAloneWhileItIsAwayAndComesBackByItself() throws Exception {
    int port = RealRedis.freePort();
    RedisAnswers answers = answers(port);
    for (int i = 0; i < 3; i++) {
      assertThat(done(answers.find(KEY))).isEmpty();
    }
    assertThat(answers.look().since()).isEqualTo(now.get());
    assertThat(answers.isAsked()).isFalse();
    RedisServer server = new RedisServer(port);
    server.start();
    try {
      now.set(now.get().plusSeconds(3));
      assertThat(answers.isAsked()).isTrue();
      assertThat(answers.isAsked()).isFalse();
      while (answers.look().since() != null) {
        done(answers.find(KEY));
      }
      assertThat(answers.isAsked()).isTrue();
    } finally {
      server.stop();
    }
  }

  @Test
  void isNotWaitedForWhenItSaysNothing() throws Exception {
    NetServer silent = vertx.createNetServer().connectHandler(socket -> socket.handler(b -> {}));
    int port = done(silent.listen(0, "127.0.0.1")).actualPort();
    RedisAnswers answers = answers(port);
    for (int i = 0; i < 3; i++) {
      assertThat(done(answers.find(KEY))).isEmpty();
    }
    assertThat(answers.look().since()).isNotNull();
  }

  /** As when its machine has vanished: nothing on these connections ever comes back. */
  @Test
  void comesBackOnNewConnectionsWhereTheOldOnesAreDead() throws Exception {
    int port = RealRedis.freePort();
    RedisServer server = new RedisServer(port);
    server.start();
    AtomicBoolean dead = new AtomicBoolean(true);
    NetClient onwards = vertx.createNetClient();
    NetServer way =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  if (dead.get()) {
                    socket.handler(b -> {});
                    return;
                  }
                  socket.pause();
                  onwards
                      .connect(port, "127.0.0.1")
                      .onSuccess(
                          other -> {
                            socket.handler(other::write);
                            other.handler(socket::write);
                            socket.resume();
                          });
                });
    try {
      RedisAnswers answers = answers(done(way.listen(0, "127.0.0.1")).actualPort());
      for (int i = 0; i < 8; i++) {
        assertThat(done(answers.find(KEY))).isEmpty();
      }
      assertThat(answers.look().since()).isNotNull();
      dead.set(false);
      while (answers.look().since() != null) {
        done(answers.find(KEY));
      }
      untilFound(answers, KEY, new byte[] {1});
    } finally {
      server.stop();
    }
  }

  @Test
  void isAskedButNotToldWhileItIsFull() throws Exception {
    int port = RealRedis.freePort();
    RedisServer server = RedisServer.newRedisServer().port(port).setting("maxmemory 1").build();
    server.start();
    try {
      RedisAnswers answers = answers(port);
      // It is told to be away, and is asked all the same.
      while (answers.look().since() == null || !answers.isAsked() || !answers.isAsked()) {
        answers.put(KEY, new byte[9], Duration.ofMinutes(5));
        done(answers.find(KEY));
      }
    } finally {
      server.stop();
    }
  }

  /** Late answers say that it is slow, not that it is back. */
  @Test
  void isNotBackForAnAnswerThatCameTooLate() throws Exception {
    NetServer slow =
        vertx
            .createNetServer()
            .connectHandler(
                socket ->
                    socket.handler(
                        b -> vertx.setTimer(60, late -> socket.write(Buffer.buffer("$-1\r\n")))));
    RedisAnswers answers = answers(done(slow.listen(0, "127.0.0.1")).actualPort());
    for (int i = 0; i < 20; i++) {
      assertThat(done(answers.find(KEY))).isEmpty();
    }
    assertThat(answers.look().since()).isEqualTo(now.get());
  }

  @Test
  void whatMakesNoSenseIsNotThere() throws Exception {
    NetServer mad =
        vertx
            .createNetServer()
            .connectHandler(
                socket ->
                    socket.handler(b -> socket.write(Buffer.buffer("HTTP/1.1 200 OK\r\n\r\n"))));
    int port = done(mad.listen(0, "127.0.0.1")).actualPort();
    RedisAnswers answers = answers(port);
    for (int i = 0; i < 5; i++) {
      assertThat(done(answers.find(KEY))).isEmpty();
    }
    assertThat(answers.look().since()).isNotNull();
    assertThat(answers.look().why()).isNotBlank();
    assertThat(asked).hasSize(5).extracting(RedisAsked::reply).doesNotContain(Reply.ANSWERED);
    assertThat(log.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.WARN);
              assertThat(line.getFormattedMessage())
                  .startsWith("the cache is not shared: redis://127.0.0.1:" + port);
              assertThat(line.getThrowableProxy()).isNull();
            });
  }

  /** Alerts and probes look at it when no request asks. */
  @Test
  void whoLooksFindsThatItIsAwayAndThatItIsBack() throws Exception {
    int port = RealRedis.freePort();
    RedisAnswers answers = answers(port);
    while (answers.look().since() == null) {
      done(vertx.timer(5));
    }
    assertThat(answers.look().why()).contains("refused");
    RedisServer server = new RedisServer(port);
    server.start();
    try {
      while (answers.look().since() != null) {
        now.set(now.get().plusSeconds(3));
        done(vertx.timer(5));
      }
      assertThat(answers.look()).isEqualTo(RemoteAnswers.Absence.NONE);
      assertThat(asked).extracting(RedisAsked::reply).contains(Reply.FAILED, Reply.ANSWERED);
    } finally {
      server.stop();
    }
  }
}
