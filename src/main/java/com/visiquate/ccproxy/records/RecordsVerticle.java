package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.config.RecordsSettings;
import com.visiquate.ccproxy.fleet.Accounting;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.Gathering;
import com.visiquate.ccproxy.records.account.SlotAccounts;
import com.visiquate.ccproxy.records.budget.PlanPricing;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a record of each request; only its workers wait for a disk or a database. */
public final class RecordsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(RecordsVerticle.class);
  private static final int TOGETHER = 100;
  private static final long PATIENCE_MILLIS = 250;
  private static final long READ_MILLIS = 2_000;
  private static final long BUDGETS_MILLIS = 15_000;
  private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final int MOST_UNWRITTEN = 10_000;

  private final RecordsSettings settings;
  private final InstantSource clock;
  private final SlotAccounts accounts;
  private final Gathering gathering = new Gathering(MOST_UNWRITTEN);
  private final Backoff backoff = new Backoff();
  private final Accounting accounting;
  private final PlanPricing pricing;
  private List<Bus.Subscription> subscriptions = List.of();
  private @Nullable BudgetDesk budgets;
  private @Nullable Workers workers;
  private boolean appending;
  private boolean writing;
  private boolean more;
  private boolean timed;
  private boolean ending;

  /** Those that wait, and what they do. */
  private record Workers(
      Desk desk, WorkerExecutor appends, WorkerExecutor writes, WorkerExecutor reads) {
    <T> Future<T> asks(Function<Answers, T> question) {
      return reads.executeBlocking(() -> question.apply(desk.answers()), false);
    }
  }

  /**
   * One with prices and budgets, which follow the plan.
   *
   * @param accounting what holds at the start
   */
  public RecordsVerticle(RecordsSettings settings, Accounting accounting, InstantSource clock) {
    this(settings, accounting, new PlanPricing(accounting.prices()), clock);
  }

  private RecordsVerticle(
      RecordsSettings settings, Accounting accounting, PlanPricing pricing, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.accounts = new SlotAccounts(settings.node(), pricing);
    this.accounting = accounting;
    this.pricing = pricing;
  }

  @Override
  public Future<?> start() {
    WorkerExecutor appends = worker("records-journal", 1);
    WorkerExecutor writes = worker("records-writer", 1);
    WorkerExecutor reads = worker("records-questions", 2);
    return writes
        .executeBlocking(() -> Desk.open(settings, clock))
        .onSuccess(
            opened -> {
              workers = new Workers(opened, appends, writes, reads);
              listen(workers);
              write();
              deleteOld(opened, writes);
              vertx.setPeriodic(HOUR_MILLIS, passed -> deleteOld(opened, writes));
            });
  }

  @Override
  public Future<?> stop() {
    ending = true;
    Future<?> ended = Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
    Workers all = workers;
    return all == null ? ended : ended.eventually(() -> end(all));
  }

  private WorkerExecutor worker(String name, int threads) {
    return vertx.createSharedWorkerExecutor(name, threads, 10, TimeUnit.MINUTES);
  }

  /** Batch by batch, so that what is new is written in between. */
  private void deleteOld(Desk desk, WorkerExecutor writes) {
    if (!ending) {
      writes
          .executeBlocking(desk::deleteSome)
          .onSuccess(
              deleted -> {
                if (deleted > 0) {
                  deleteOld(desk, writes);
                }
              });
    }
  }

  private void listen(Workers all) {
    Bus bus = Bus.of(vertx);
    BudgetDesk desk = new BudgetDesk(bus, clock, accounting, pricing);
    budgets = desk;
    vertx.setPeriodic(BUDGETS_MILLIS, passed -> watch(desk));
    vertx.setTimer(READ_MILLIS, late -> desk.waitNoLonger());
    subscriptions =
        List.of(
            bus.answerLater(Address.BUDGET_ASK, desk::mayBegin),
            bus.answer(Address.BUDGETS_FIND, inquiry -> desk.find()),
            bus.listen(Address.FLEET_PLAN, replanned -> desk.follow(replanned.plan().accounting())),
            bus.listen(
                Address.EXCHANGE_ENDED,
                ended -> accounts.ended(ended, clock.instant()).ifPresent(this::gather)),
            bus.listen(
                Address.SCHEDULE_HAPPENED,
                event -> accounts.happened(event, clock.instant()).ifPresent(this::gather)),
            bus.answerLater(
                Address.RECORDS_STATUS,
                inquiry -> {
                  long lost = gathering.lost();
                  return all.appends().executeBlocking(() -> all.desk().status(lost));
                }),
            bus.answerLater(
                Address.RECORDS_USAGE, query -> all.asks(answers -> answers.usage(query))),
            bus.answerLater(
                Address.RECORDS_REQUESTS, query -> all.asks(answers -> answers.requests(query))),
            bus.answerLater(
                Address.RECORDS_REQUEST, query -> all.asks(answers -> answers.request(query))));
  }

  /** A period may have ended; other gateways may have used something, too. */
  private void watch(BudgetDesk desk) {
    desk.tell();
    if (!settings.url().isEmpty()) {
      desk.readAgain();
    }
  }

  private void gather(Entry entry) {
    gathering.add(entry);
    if (budgets != null) {
      budgets.count(entry);
    }
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
    Workers all = workers;
    if (all == null || appending || gathering.size() == 0) {
      return;
    }
    appending = true;
    List<Entry> entries = gathering.take();
    all.appends()
        .executeBlocking(() -> all.desk().append(entries))
        .onSuccess(done -> appended())
        .onFailure(failed -> notAppended(entries, failed));
  }

  private void appended() {
    appending = false;
    write();
    if (gathering.size() >= TOGETHER) {
      append();
    }
  }

  /** They are tried again with the next record, or at the end. */
  private void notAppended(List<Entry> entries, Throwable cause) {
    appending = false;
    LOG.atError().setCause(cause).log("the journal of the records cannot be written");
    gathering.giveBack(entries);
  }

  /** Brings what is on disk to the database, until nothing is left or it is away. */
  private void write() {
    Workers all = workers;
    if (all == null || ending) {
      return;
    }
    more = true;
    if (!writing) {
      writing = true;
      more = false;
      all.writes().executeBlocking(all.desk()::write).onSuccess(this::wrote).onFailure(this::bug);
    }
  }

  private void bug(Throwable cause) {
    LOG.atError().setCause(cause).log("writing records met a bug");
    wrote(Writer.Step.AWAY);
  }

  private void wrote(Writer.Step step) {
    switch (step) {
      case WROTE -> {
        backoff.reset();
        writing = false;
        write();
      }
      case IDLE -> {
        backoff.reset();
        if (budgets != null) {
          budgets.readWhatIsUnread();
        }
        writing = false;
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
  private Future<?> end(Workers all) {
    Desk desk = all.desk();
    List<Entry> last = gathering.take();
    return all.appends()
        .executeBlocking(() -> desk.append(last))
        .eventually(
            () ->
                desk.isAway()
                    ? Future.succeededFuture()
                    : all.writes().executeBlocking(desk::finish))
        .eventually(() -> all.appends().executeBlocking(desk::close))
        .eventually(all.appends()::close)
        .eventually(all.writes()::close)
        .eventually(all.reads()::close);
  }
}
