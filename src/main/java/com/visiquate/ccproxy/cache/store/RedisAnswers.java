package com.visiquate.ccproxy.cache.store;

import com.visiquate.ccproxy.bus.CacheMessage.Reason;
import com.visiquate.ccproxy.bus.Fact.RedisAsked;
import com.visiquate.ccproxy.bus.Fact.Reply;
import com.visiquate.ccproxy.config.CacheSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers in a Redis. Whoever asks waits for it a moment and no longer. */
public final class RedisAnswers implements RemoteAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(RedisAnswers.class);
  private static final long PATIENCE_MILLIS = 20;
  private static final int CONNECTIONS = 6;
  private static final int WAITING = 256;
  private static final int PAGE = 500;

  /** Kept to see whether anything is. */
  private static final String PROBE = "ccproxy:answer:probe";

  private final Vertx vertx;
  private final InstantSource clock;
  private final RedisOptions options;
  private final String name;
  private final Consumer<RedisAsked> listener;
  private final Breaker reading = new Breaker();

  /** A full Redis answers all that is asked, and keeps nothing. */
  private final Breaker writing = new Breaker();

  private Redis redis;
  private String why = "";

  /**
   * Connects when it is first asked.
   *
   * @param listener hears how long each answer has taken
   */
  public RedisAnswers(
      Vertx vertx,
      InstantSource clock,
      CacheSettings.Redis settings,
      Consumer<RedisAsked> listener) {
    this.vertx = vertx;
    this.clock = clock;
    this.listener = listener;
    this.name = settings.shown();
    this.options =
        new RedisOptions()
            .setConnectionString(settings.address())
            .setMaxPoolSize(CONNECTIONS)
            .setMaxPoolWaiting(WAITING)
            .setMaxWaitingHandlers(WAITING);
    NetClientOptions connections = options.getNetClientOptions();
    connections.setConnectTimeout(1_000).setHostnameVerificationAlgorithm("HTTPS");
    if (!settings.ca().isEmpty()) {
      connections.setTrustOptions(new PemTrustOptions().addCertPath(settings.ca()));
    }
    this.redis = Redis.createClient(vertx, options);
  }

  @Override
  public Future<Optional<byte[]>> find(AnswerKey key) {
    Request get = Request.cmd(Command.GET).arg(key.text());
    return within(get, reading).map(RedisAnswers::bytes);
  }

  @Override
  public Reason where() {
    return Reason.REDIS;
  }

  private static Optional<byte[]> bytes(@Nullable Response response) {
    return response == null || response.type() != ResponseType.BULK
        ? Optional.empty()
        : Optional.of(response.toBuffer().getBytes());
  }

  @Override
  public void put(AnswerKey key, byte[] bytes, Duration ttl) {
    // What does not answer is not told either; whether it is back, the next question finds out.
    if (!ttl.isZero() && reading.away() == null && writing.mayAsk(clock.instant())) {
      Request set =
          Request.cmd(Command.SET)
              .arg(key.text())
              .arg(Buffer.buffer(bytes))
              .arg("PX")
              .arg(Math.max(1, ttl.toMillis()));
      within(set, writing);
    }
  }

  /** What was asked when, and what its answer says of. */
  private record Question(Promise<@Nullable Response> answer, Instant asked, Breaker breaker) {}

  /** Null when there is no answer in time; one that comes too late is none. */
  private Future<@Nullable Response> within(Request request, Breaker breaker) {
    Promise<@Nullable Response> answer = Promise.promise();
    Question question = new Question(answer, clock.instant(), breaker);
    long timer =
        vertx.setTimer(PATIENCE_MILLIS, late -> failed(question, Reply.LATE, "no answer in time"));
    redis
        .send(request)
        .onSuccess(
            response -> {
              vertx.cancelTimer(timer);
              answered(question, response);
            })
        .onFailure(
            cause -> {
              vertx.cancelTimer(timer);
              failed(question, Reply.FAILED, String.valueOf(cause.getMessage()));
            });
    return answer.future();
  }

  private void failed(Question question, Reply reply, String cause) {
    if (question.answer().future().isComplete()) {
      return;
    }
    heard(reply, question.asked());
    why = cause;
    if (question.breaker().failed(clock.instant())) {
      LOG.warn("the cache is not shared: {} does not answer ({})", name, why);
      renew();
    }
    question.answer().complete(null);
  }

  /** Connections whose other end has vanished without a word would never be given back. */
  private void renew() {
    redis.close();
    redis = Redis.createClient(vertx, options);
  }

  /** One that comes late says that it is slow, not that it is back. */
  private void answered(Question question, @Nullable Response response) {
    if (question.answer().future().isComplete()) {
      return;
    }
    if (question.breaker().answered()) {
      LOG.info("the cache is shared again: {} answers", name);
    }
    heard(Reply.ANSWERED, question.asked());
    question.answer().complete(response);
  }

  private void heard(Reply reply, Instant asked) {
    listener.accept(new RedisAsked(reply, Duration.between(asked, clock.instant())));
  }

  @Override
  public Future<Long> delete(@Nullable String model, @Nullable String namespace) {
    return scan("0", AnswerKey.pattern(model, namespace), 0);
  }

  private Future<Long> scan(String cursor, String pattern, long deleted) {
    Request page =
        Request.cmd(Command.SCAN).arg(cursor).arg("MATCH").arg(pattern).arg("COUNT").arg(PAGE);
    return redis
        .send(page)
        .map(Objects::requireNonNull)
        .compose(found -> scanned(found, pattern, deleted))
        .otherwise(deleted);
  }

  private Future<Long> scanned(Response found, String pattern, long deleted) {
    List<String> names = new ArrayList<>();
    found.get(1).forEach(one -> names.add(one.toString()));
    String next = found.get(0).toString();
    return delete(names)
        .compose(
            count ->
                next.equals("0")
                    ? Future.succeededFuture(deleted + count)
                    : scan(next, pattern, deleted + count));
  }

  @Override
  public Future<Long> delete(List<String> names) {
    if (names.isEmpty()) {
      return Future.succeededFuture(0L);
    }
    Request delete = Request.cmd(Command.UNLINK);
    names.forEach(delete::arg);
    return redis.send(delete).map(RedisAnswers::count).otherwise(0L);
  }

  private static Long count(@Nullable Response answer) {
    Long count = answer == null ? null : answer.toLong();
    return count == null ? 0L : count;
  }

  @Override
  public boolean isAsked() {
    return reading.mayAsk(clock.instant());
  }

  /** Nobody else may ask for a long time, and then it would seem to be as it was last seen. */
  @Override
  public Absence look() {
    if (isAsked()) {
      within(Request.cmd(Command.PING), reading);
    }
    if (writing.away() != null && writing.mayAsk(clock.instant())) {
      within(Request.cmd(Command.SET).arg(PROBE).arg("").arg("PX").arg(1), writing);
    }
    Instant since = reading.away() == null ? writing.away() : reading.away();
    return since == null ? Absence.NONE : new Absence(since, why);
  }

  @Override
  public void close() {
    redis.close();
  }
}
