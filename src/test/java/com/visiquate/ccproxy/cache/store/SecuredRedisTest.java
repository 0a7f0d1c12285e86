package com.visiquate.ccproxy.cache.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.visiquate.ccproxy.config.CacheSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.slf4j.LoggerFactory;

/** One that wants a password and shows a certificate of its own authority; src/test/redis/run. */
@Tag("database")
@Timeout(60)
@EnabledIfEnvironmentVariable(named = RealRedis.GIVEN, matches = "rediss://.*")
final class SecuredRedisTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(RedisAnswers.class);
  private static final AnswerKey KEY = new AnswerKey("m", "secured", "0123");
  private static final byte[] BYTES = {1, 2, 3};
  private final Vertx vertx = Vertx.vertx();
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

  private static CacheSettings.Redis given() throws Exception {
    try (RealRedis redis = RealRedis.start()) {
      return redis.settings();
    }
  }

  private RedisAnswers answers(String url, String password, String ca) {
    CacheSettings.Redis redis = new CacheSettings.Redis(url, password, ca);
    return new RedisAnswers(vertx, InstantSource.system(), redis, asked -> {});
  }

  @Test
  void isEnteredWithThePasswordOfItsAddressOrTheOneBesideIt() throws Exception {
    CacheSettings.Redis given = given();
    String plain = given.url().replaceFirst(":[^:@/]*@", "@");
    String password = "se@cret/1";
    RedisAnswers beside = answers(plain, password, given.ca());
    assertKeeps(beside);
    assertKeeps(answers(given.url(), "", given.ca()));
    assertThat(beside.delete("m", "secured").await(20, TimeUnit.SECONDS)).isEqualTo(1);
  }

  private static void assertKeeps(RedisAnswers answers) throws Exception {
    Optional<byte[]> found = Optional.empty();
    while (found.isEmpty()) {
      answers.put(KEY, BYTES, Duration.ofMinutes(1));
      found = answers.find(KEY).await(20, TimeUnit.SECONDS);
    }
    assertThat(found.get()).isEqualTo(BYTES);
  }

  @Test
  void isNotEnteredWithAWrongPasswordWhichNobodyIsTold() throws Exception {
    CacheSettings.Redis given = given();
    assertIsAway(answers(given.url(), "not-this-one", given.ca()), "WRONGPASS");
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains("not-this-one") || line.contains("se@cret"));
  }

  @Test
  void isNotBelievedWithoutItsAuthority() throws Exception {
    assertIsAway(answers(given().url(), "", ""), "certif");
  }

  /** Its certificate is for localhost alone. */
  @Test
  void isNotBelievedUnderAnotherName() throws Exception {
    CacheSettings.Redis given = given();
    assertIsAway(
        answers(given.url().replace("localhost", "127.0.0.1"), "", given.ca()), "127.0.0.1");
  }

  /** A first try may be late instead. */
  private static void assertIsAway(RedisAnswers answers, String why) throws Exception {
    while (!answers.look().why().contains(why)) {
      assertThat(answers.find(KEY).await(20, TimeUnit.SECONDS)).isEmpty();
    }
    assertThat(answers.look().since()).isNotNull();
  }
}
