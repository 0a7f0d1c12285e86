package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.bus.RecordsMessage.NotTold;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.config.RecordsSettings;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.Gathering;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of an entry to the database: gathered, written to the journal, written to the tables.
 * Only its workers wait for a disk or a database; whatever they meet is tried again later.
 */
final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final int TOGETHER = 100;
  private static final long PATIENCE_MILLIS = 250;
  private static final long REOPEN_MILLIS = 5_000;
  private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final int MOST_UNWRITTEN = 10_000;
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final RecordsSettings settings;
  private final InstantSource clock;
  private final Runnable idle;
  private final Workers workers;
  private final Gathering gathering = new Gathering(MOST_UNWRITTEN);
  private final Backoff backoff = new Backoff();
  private final Backoff appendBackoff = new Backoff();
  private final Trouble trouble = new Trouble();
  private Future<?> opening = Future.succeededFuture();
  private @Nullable Desk desk;
  private @Nullable Instant asked;
  private boolean appending;
  private boolean writing;
  private boolean more;
  private boolean timed;
  private boolean ending;

  /**
   * One that has not begun.
   *
   * @param idle told whenever all that was gathered is in the database
   */
  Pipeline(Vertx vertx, RecordsSettings settings, InstantSource clock, Runnable idle) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.idle = idle;
    this.workers = Workers.of(vertx);
  }

  /** Opens the journal; when that cannot be, records are held in memory and it is tried again. */
  void begin() {
    opening =
        workers
            .append(() -> Desk.open(settings, clock))
            .onSuccess(this::opened)
            .onFailure(this::notOpened);
  }

  private void opened(Desk opened) {
    trouble.over();
    desk = opened;
    append();
    write();
    workers.deleteOld(opened);
    vertx.setPeriodic(HOUR_MILLIS, passed -> workers.deleteOld(opened));
  }

  private void notOpened(Throwable cause) {
    trouble.met(cause, clock.instant());
    if (!ending) {
      vertx.setTimer(REOPEN_MILLIS, due -> begin());
    }
  }

  /** How it goes. */
  Future<RecordsStatus> status() {
    Desk opened = desk;
    long lost = gathering.lost();
    return opened == null || trouble.since() != null
        ? Future.succeededFuture(new RecordsStatus(0, 0, lost, trouble.since(), trouble.why()))
        : workers.append(() -> opened.status(lost)).map(this::orHanging);
  }

  /** A database that says nothing is away long before its connection is given up. */
  private RecordsStatus orHanging(RecordsStatus status) {
    Instant since = asked;
    return status.awaySince() == null
            && since != null
            && Duration.between(since, clock.instant()).compareTo(SILENCE) > 0
        ? status.away(since, "it does not answer")
        : status;
  }

  /**
   * Asks the records.
   *
   * @param refused makes an answer of the reason why there is none
   */
  <T> Future<T> ask(Function<Answers, T> question, Function<NotTold, T> refused) {
    Desk opened = desk;
    return opened == null
        ? Future.succeededFuture(refused.apply(new NotTold(Failure.notReady())))
        : workers.read(() -> question.apply(opened.answers())).map(Objects::requireNonNull);
  }

  void gather(Entry entry) {
    gathering.add(entry);
    if (gathering.size() >= TOGETHER) {
      append();
    } else if (!timed) {
      timed = true;
      vertx.setTimer(
          PATIENCE_MILLIS,
          due -> {
            timed = false;
            append();
          });
    }
  }

  /** Brings what has been gathered to disk. */
  private void append() {
    Desk opened = desk;
    if (opened == null || appending || gathering.size() == 0) {
      return;
    }
    appending = true;
    List<Entry> entries = gathering.take();
    workers
        .append(() -> opened.append(entries))
        .onSuccess(done -> appended())
        .onFailure(failed -> notAppended(entries, failed));
  }

  private void appended() {
    appending = false;
    trouble.over();
    appendBackoff.reset();
    write();
    if (gathering.size() >= TOGETHER) {
      append();
    }
  }

  /** They are tried again after a while, whatever comes meanwhile. */
  private void notAppended(List<Entry> entries, Throwable cause) {
    trouble.met(cause, clock.instant());
    gathering.giveBack(entries);
    vertx.setTimer(
        appendBackoff.next().toMillis(),
        due -> {
          appending = false;
          append();
        });
  }

  /** Brings what is on disk to the database, until nothing is left or it is away. */
  private void write() {
    Desk opened = desk;
    if (opened == null || ending) {
      return;
    }
    more = true;
    if (!writing) {
      writing = true;
      more = false;
      asked = clock.instant();
      workers.write(opened::write).onSuccess(this::wrote).onFailure(this::bug);
    }
  }

  private void bug(Throwable cause) {
    LOG.atError().setCause(cause).log("writing records met a bug");
    wrote(Writer.Step.AWAY);
  }

  private void wrote(Writer.Step step) {
    asked = null;
    switch (step) {
      case WROTE -> {
        backoff.reset();
        writing = false;
        write();
      }
      case IDLE -> {
        backoff.reset();
        writing = false;
        idle.run();
        if (more) {
          write();
        }
      }
      case AWAY -> {
        Duration pause = backoff.next();
        vertx.setTimer(
            pause.toMillis(),
            due -> {
              writing = false;
              write();
            });
      }
    }
  }

  /** What was gathered is brought to disk, and to the database unless that is away. */
  Future<?> end() {
    ending = true;
    return opening.transform(done -> finish()).eventually(workers::close);
  }

  private Future<?> finish() {
    Desk opened = desk;
    if (opened == null) {
      return Future.succeededFuture();
    }
    List<Entry> last = gathering.take();
    return workers
        .append(() -> opened.append(last))
        .eventually(
            () -> opened.isAway() ? Future.succeededFuture() : workers.write(opened::finish))
        .eventually(() -> workers.append(opened::close));
  }
}
