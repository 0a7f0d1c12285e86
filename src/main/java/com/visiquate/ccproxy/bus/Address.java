package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.fleet.BackendId;

/**
 * A place on the bus: what it takes, and what it gives in reply ({@link Nothing} when it does not
 * reply).
 */
@SuppressWarnings("UnusedTypeParameter") // they tie the messages to the place
public record Address<T extends BusMessage, G>(String name) {
  /** No reply. */
  public static final class Nothing {
    private Nothing() {}
  }

  public static final Address<BusMessage.Submit, Nothing> ROUTING_SUBMIT =
      new Address<>("routing.submit");
  public static final Address<BusMessage.Leave, Nothing> ROUTING_LEAVE =
      new Address<>("routing.leave");
  public static final Address<OperatorMessage.Inspect, OperatorMessage.Inspected> ROUTING_INSPECT =
      new Address<>("routing.inspect");
  public static final Address<BusMessage.SlotReport, Nothing> ROUTING_REPORT =
      new Address<>("routing.report");
  public static final Address<SuccessionMessage, Nothing> ROUTING_SUCCEED =
      new Address<>("routing.succeed");
  public static final Address<Announcement.StatusChanged, Nothing> FLEET_STATUS =
      new Address<>("fleet.status");
  public static final Address<Announcement.Replanned, Nothing> FLEET_PLAN =
      new Address<>("fleet.plan");

  /** This node is configured anew; its cluster makes one plan of those of all nodes. */
  public static final Address<Announcement.Replanned, Nothing> CLUSTER_PLAN =
      new Address<>("cluster.plan");

  /** With whom this node acts as one. */
  public static final Address<Announcement.Gathered, Nothing> CLUSTER_MEMBERS =
      new Address<>("cluster.members");

  public static final Address<Announcement.Draining, Nothing> DRAINING =
      new Address<>("gateway.draining");
  public static final Address<ExchangeEnded, Nothing> EXCHANGE_ENDED =
      new Address<>("exchange.ended");
  public static final Address<ScheduleEvent, Nothing> SCHEDULE_HAPPENED =
      new Address<>("schedule.happened");
  public static final Address<ScheduleSteps, Nothing> SCHEDULE_STEPS =
      new Address<>("schedule.steps");
  public static final Address<Fact, Nothing> METRICS_FACT = new Address<>("metrics.fact");
  public static final Address<OperatorMessage.Scrape, OperatorMessage.Scraped> METRICS_SCRAPE =
      new Address<>("metrics.scrape");

  public static final Address<MemoryMessage.Recall, MemoryMessage.Recalled> MEMORY_RECALL =
      new Address<>("memory.recall");
  public static final Address<MemoryMessage.Remember, Nothing> MEMORY_REMEMBER =
      new Address<>("memory.remember");
  public static final Address<MemoryMessage.Forget, MemoryMessage.Recalled> MEMORY_FORGET =
      new Address<>("memory.forget");

  public static final Address<ThoughtMessage.Keep, Nothing> MEMORY_KEEP =
      new Address<>("memory.keep");
  public static final Address<ThoughtMessage.Recollect, ThoughtMessage.Recollected>
      MEMORY_RECOLLECT = new Address<>("memory.recollect");

  public static final Address<LoopMessage.Step, Nothing> MEMORY_STEP = new Address<>("memory.step");

  public static final Address<AccessMessage.Enter, AccessMessage.Entry> ACCESS_ENTER =
      new Address<>("access.enter");
  public static final Address<AccessMessage.Exited, Nothing> ACCESS_EXITED =
      new Address<>("access.exited");
  public static final Address<AccessMessage.Claims, AccessMessage.Hearing> ACCESS_CLAIM =
      new Address<>("access.claim");

  public static final Address<RecordsMessage.UsageQuery, RecordsMessage.UsageReply> RECORDS_USAGE =
      new Address<>("records.usage");
  public static final Address<RecordsMessage.RequestsQuery, RecordsMessage.RequestsReply>
      RECORDS_REQUESTS = new Address<>("records.requests");
  public static final Address<RecordsMessage.RequestQuery, RecordsMessage.RequestReply>
      RECORDS_REQUEST = new Address<>("records.request");
  public static final Address<RecordsMessage.RecordsInquiry, RecordsMessage.RecordsStatus>
      RECORDS_STATUS = new Address<>("records.status");
  public static final Address<BudgetMessage.MayBegin, BudgetMessage.BudgetAnswer> BUDGET_ASK =
      new Address<>("budget.ask");
  public static final Address<BudgetMessage.BudgetsInquiry, BudgetMessage.BudgetsFound>
      BUDGETS_FIND = new Address<>("budgets.find");

  public static final Address<RecordsNews, Nothing> RECORDS_NEWS = new Address<>("records.news");
  public static final Address<AlertMessage.AlertsQuery, AlertMessage.AlertsFound> ALERTS_FIND =
      new Address<>("alerts.find");

  public static final Address<SteerMessage.Steer, SteerMessage.SteerReply> ROUTING_STEER =
      new Address<>("routing.steer");
  public static final Address<FeedMessage.Watch, FeedMessage.Watched> CONSOLE_WATCH =
      new Address<>("console.watch");
  public static final Address<FeedMessage.Frame, Nothing> CONSOLE_FRAMES =
      new Address<>("console.frames");
  public static final Address<OperatorMessage.TotalsQuery, OperatorMessage.Totals> METRICS_TOTALS =
      new Address<>("metrics.totals");
  public static final Address<TimelineMessage.StretchesQuery, TimelineMessage.StretchesFound>
      TIMELINE_STRETCHES = new Address<>("timeline.stretches");
  public static final Address<TimelineMessage.DecisionQuery, TimelineMessage.DecisionReply>
      TIMELINE_DECISION = new Address<>("timeline.decision");
  public static final Address<TimelineMessage.RunsQuery, TimelineMessage.RunsFound> TIMELINE_RUNS =
      new Address<>("timeline.runs");

  public static final Address<ReplayMessage.ReplayQuery, ReplayMessage.ReplayReply> REPLAY =
      new Address<>("routing.replay");

  public static final Address<CacheMessage.ToCache, Nothing> CACHE_ASK = new Address<>("cache.ask");
  public static final Address<CacheMessage.Purge, CacheMessage.Purged> CACHE_PURGE =
      new Address<>("cache.purge");
  public static final Address<CacheMessage.CacheInquiry, CacheMessage.CacheStatus> CACHE_STATUS =
      new Address<>("cache.status");

  /** Only those answers that this node has by itself. */
  public static final Address<CacheMessage.Purge, CacheMessage.Purged> CACHE_DISCARD =
      new Address<>("cache.discard");

  /** Heard where nodes act as one, and nowhere else; so are the others that begin so. */
  public static final Address<SharedMessage.Keepsake, Nothing> SHARED_KEEP =
      new Address<>("shared.keep");

  public static final Address<SharedMessage.FindResponses, SharedMessage.ResponsesFound>
      SHARED_RESPONSES = new Address<>("shared.responses");
  public static final Address<SharedMessage.ForgetResponse, SharedMessage.ResponsesFound>
      SHARED_FORGET = new Address<>("shared.forget");
  public static final Address<ThoughtMessage.Recollect, ThoughtMessage.Recollected>
      SHARED_THOUGHTS = new Address<>("shared.thoughts");
  public static final Address<SharedMessage.FindAnswer, SharedMessage.AnswerFound> SHARED_ANSWERS =
      new Address<>("shared.answers");
  public static final Address<SharedMessage.PurgeAll, CacheMessage.Purged> SHARED_PURGE =
      new Address<>("shared.purge");

  /** The same address among others; see {@link Bus#among}. */
  public Address<T, G> among(String circle) {
    return new Address<>(circle + "." + name);
  }

  /** Turns that came by an alias. */
  public static Address<CaptureMessage.Turn, Nothing> capturedAlias(String alias) {
    return new Address<>("capture.alias." + alias);
  }

  /** Turns that came in with a key, by its name. */
  public static Address<CaptureMessage.Turn, Nothing> capturedKey(String key) {
    return new Address<>("capture.key." + key);
  }

  public static Address<BusMessage.Order, Nothing> start(BackendId id) {
    return new Address<>("backend." + id + ".start");
  }

  public static Address<BusMessage.Inquiry, BusMessage.Found> inquiry(BackendId id) {
    return new Address<>("backend." + id + ".inquiry");
  }

  public static Address<SteerMessage.Manage, SteerMessage.SteerReply> manage(BackendId id) {
    return new Address<>("backend." + id + ".manage");
  }

  public static Address<OperatorMessage.Look, OperatorMessage.Spoken> look(BackendId id) {
    return new Address<>("backend." + id + ".look");
  }

  public static Address<BusMessage.Control, Nothing> control(BackendId id) {
    return new Address<>("backend." + id + ".control");
  }

  public static Address<WarmupMessage.Warm, WarmupMessage.WarmReply> warm(BackendId id) {
    return new Address<>("backend." + id + ".warm");
  }

  /** All exchanges of one {@code http} verticle; see docs/decisions for why not one each. */
  public static Address<BusMessage.ToIngress, Nothing> ingress(int number) {
    return new Address<>("ingress." + number);
  }
}
