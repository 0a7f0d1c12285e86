package com.visiquate.ccproxy.http.exchange;

import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.StillWaiting;
import com.visiquate.ccproxy.bus.CacheMessage.Told;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.bus.Fact.PromptCheck;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.http.reply.Head;
import com.visiquate.ccproxy.http.view.Explanation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes known of one exchange while it runs; owns it until the exchange reports it. */
public final class Findings {
  /** Routing answers at once; whoever is silent for so long is not there. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final ExchangeFacts facts;
  private final Explanation explanation;
  private boolean admitted;
  private @Nullable Instant unanswered;
  private @Nullable ModelName model;
  private @Nullable Placement placement;
  private Head.@Nullable QueuePlace queue;
  private @Nullable Told cache;
  private int loop;
  private @Nullable Instant firstToken;
  private Counts counts = Counts.NONE;
  private final ContentTally contents = new ContentTally();
  private @Nullable PromptCheck prompt;
  private List<String> dropped = List.of();

  public Findings(ExchangeFacts facts) {
    this(facts, Explanation.NONE);
  }

  /** With what is known besides. */
  public Findings(ExchangeFacts facts, Explanation explanation) {
    this.facts = facts;
    this.explanation = explanation;
  }

  ExchangeFacts facts() {
    return facts;
  }

  /** What was asked, and by whom. */
  public Asked asked() {
    return facts.asked();
  }

  public ExchangeId exchange() {
    return facts.exchange();
  }

  /** The model that answers; null as long as none does. */
  public @Nullable ModelName answeredBy() {
    return placement == null ? null : placement.model();
  }

  /** What of its request could not be honoured. */
  public void dropped(List<String> fields) {
    dropped = fields;
  }

  /** What its client is told of a failure. */
  Failure told(Failure failure) {
    return explanation.of(failure);
  }

  /** What its client is told of an event: an end has the whole time that it took. */
  ChatEvent told(ChatEvent event, Instant now) {
    if (!(event instanceof ChatEvent.Finished(var reason, var cost))) {
      return event;
    }
    long known = cost.loadNanos() + cost.promptNanos() + cost.outputNanos();
    long wait = Math.max(0, Duration.between(facts.arrived(), now).toNanos() - known);
    return new ChatEvent.Finished(reason, cost.waiting(wait));
  }

  /** What the cache had to do with it. */
  public void cached(Told told) {
    cache = told;
  }

  /** The same tool turn has come so many times in a row; the highest count that is told is it. */
  public void looping(int times) {
    loop = Math.max(loop, times);
  }

  /** It waits or runs. */
  void admitted(Admitted granted) {
    admitted = true;
    model = granted.model();
    waitsAt(granted.place(), granted.estimate());
  }

  /** It still waits. */
  void waits(StillWaiting waiting) {
    admitted = true;
    waitsAt(waiting.place(), waiting.estimate());
  }

  /** It has this place in the waiting room, and this is how long that would take; 0 is none. */
  void waitsAt(int place, Duration estimate) {
    queue = place > 0 ? new Head.QueuePlace(place, estimate) : queue;
  }

  boolean isAdmitted() {
    return admitted;
  }

  /** Whether nobody has answered its submission for so long that nobody will. */
  boolean isIgnored(Instant now) {
    if (admitted) {
      return false;
    }
    unanswered = unanswered == null ? now : unanswered;
    return Duration.between(unanswered, now).compareTo(ANSWER) > 0;
  }

  /** Where it runs, or its last part; null adds nothing. What an earlier try said is forgotten. */
  void placed(@Nullable Placement where) {
    if (!facts.stream()
        && where != null
        && placement != null
        && where.attempt() > placement.attempt()) {
      firstToken = null;
    }
    placement = where == null ? placement : where;
  }

  /** Whether another model answers than the one that was asked for. */
  public boolean isFallback() {
    return placement != null && placement.insteadOf() != null;
  }

  /** The answer goes on with this. */
  void said(ChatEvent event) {
    contents.said(event);
  }

  /** The model has said something. */
  void spoke(Instant now) {
    firstToken = firstToken == null ? now : firstToken;
  }

  /** It, or one of its parts, has ended and cost this. */
  void cost(Counts more) {
    // What came from the cache took no time of a machine.
    counts = counts.plus(placement != null && placement.isCached() ? more.timeless() : more);
  }

  /** Its prompt, or that of one of its parts, has been counted. */
  public void checked(PromptCheck one) {
    prompt = prompt == null ? one : prompt.plus(one);
  }

  Head head() {
    return new Head(facts.exchange(), model, placement, queue, cache, loop);
  }

  /** Its time is up. */
  Failure timedOut(Instant now) {
    long seconds = Duration.between(facts.arrived(), now).toSeconds();
    return Failure.of(
        Failure.Kind.BACKEND_TIMEOUT,
        "The answer was not complete after %d s; ask for less or try again.".formatted(seconds));
  }

  Report report(Outcome outcome, int status, @Nullable Failure failure, Instant now) {
    Instant first = firstToken;
    Duration untilFirst = first == null ? null : Duration.between(facts.arrived(), first);
    return new Report(
        outcome,
        status,
        placement,
        untilFirst,
        counts,
        contents.contents(counts.outputTokens()),
        prompt,
        dropped,
        failure,
        now);
  }
}
