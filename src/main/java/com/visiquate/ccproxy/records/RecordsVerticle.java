package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestReply;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestsReply;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageReply;
import com.visiquate.ccproxy.config.RecordsSettings;
import com.visiquate.ccproxy.fleet.Accounting;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.SlotAccounts;
import com.visiquate.ccproxy.records.budget.PlanPricing;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a record of each request, holds budgets, and answers what is asked of both. */
public final class RecordsVerticle extends VerticleBase {
  private static final long READ_MILLIS = 2_000;
  private static final long WATCH_MILLIS = 15_000;

  private final RecordsSettings settings;
  private final InstantSource clock;
  private final SlotAccounts accounts;
  private final Accounting accounting;
  private final PlanPricing pricing;
  private List<Bus.Subscription> subscriptions = List.of();
  private @Nullable Pipeline pipeline;

  /**
   * One with prices and budgets, which follow the plan.
   *
   * @param accounting what holds at the start
   */
  public RecordsVerticle(RecordsSettings settings, Accounting accounting, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.accounting = accounting;
    this.pricing = new PlanPricing(accounting.prices());
    this.accounts = new SlotAccounts(settings.node(), pricing);
  }

  /** Returns at once: neither a disk nor a database may keep the gateway from listening. */
  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    BudgetDesk budgets = new BudgetDesk(bus, clock, accounting, pricing);
    Pipeline way = new Pipeline(vertx, settings, clock, budgets::readWhatIsUnread);
    pipeline = way;
    subscriptions = listen(bus, budgets, way);
    vertx.setPeriodic(WATCH_MILLIS, passed -> watch(budgets));
    vertx.setTimer(READ_MILLIS, late -> budgets.waitNoLonger());
    way.begin();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    Future<?> ended = Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
    Pipeline way = pipeline;
    return way == null ? ended : ended.eventually(way::end);
  }

  private List<Bus.Subscription> listen(Bus bus, BudgetDesk budgets, Pipeline way) {
    return List.of(
        bus.answerLater(Address.BUDGET_ASK, budgets::mayBegin),
        bus.answer(Address.BUDGETS_FIND, inquiry -> budgets.find()),
        bus.listen(Address.FLEET_PLAN, replanned -> budgets.follow(replanned.plan().accounting())),
        bus.listen(
            Address.EXCHANGE_ENDED,
            ended ->
                accounts
                    .ended(ended, clock.instant())
                    .ifPresent(entry -> gather(entry, budgets, way))),
        bus.listen(
            Address.SCHEDULE_HAPPENED,
            event ->
                accounts
                    .happened(event, clock.instant())
                    .ifPresent(entry -> gather(entry, budgets, way))),
        bus.answerLater(Address.RECORDS_STATUS, inquiry -> way.status()),
        bus.answerLater(
            Address.RECORDS_USAGE,
            query -> way.<UsageReply>ask(answers -> answers.usage(query), why -> why)),
        bus.answerLater(
            Address.RECORDS_REQUESTS,
            query -> way.<RequestsReply>ask(answers -> answers.requests(query), why -> why)),
        bus.answerLater(
            Address.RECORDS_REQUEST,
            query -> way.<RequestReply>ask(answers -> answers.request(query), why -> why)));
  }

  private static void gather(Entry entry, BudgetDesk budgets, Pipeline way) {
    way.gather(entry);
    budgets.count(entry);
  }

  /** A period may have ended; other gateways may have used something, too. */
  private void watch(BudgetDesk budgets) {
    budgets.tell();
    if (!settings.url().isEmpty()) {
      budgets.readAgain();
    }
  }
}
