package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.cache.Chain;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One open exchange from its submission to its end: it waits, or it is placed on a backend. */
final class Ticket {
  /** Class first, then arrival. */
  static final Comparator<Ticket> TURN =
      Comparator.comparing(Ticket::priority).thenComparingLong(Ticket::number);

  private final Submission submission;
  private final long number;
  private final Chain chain;
  private final Set<BackendId> tried = new HashSet<>(1);
  private Instant born;
  private double rank;
  private boolean resent;
  private Instant expiry;
  private Instant waitingSince;
  private Duration queued = Duration.ZERO;
  private long work;
  private int toldPlace;
  private boolean leaving;
  private boolean acknowledged;
  private @Nullable Placement placement;
  private @Nullable Failure failure;

  /**
   * A new one.
   *
   * @param number its place in the order of arrival, which it keeps for ever
   */
  Ticket(Submission submission, long number, Instant now, Duration longestWait) {
    this.submission = submission;
    this.number = number;
    this.chain = Chain.of(submission.request());
    this.born = now;
    this.waitingSince = now;
    this.expiry = earlier(submission.deadline(), now.plus(longestWait));
  }

  Submission submission() {
    return submission;
  }

  ExchangeId exchange() {
    return submission.exchange();
  }

  ModelName model() {
    return submission.model();
  }

  Priority priority() {
    return submission.priority();
  }

  long number() {
    return number;
  }

  /** The name that the client used for the model. */
  String alias() {
    return submission.request().model();
  }

  /** Its prompt. */
  Chain chain() {
    return chain;
  }

  /** Whether it is a turn of a conversation, which may have a next one. */
  boolean isTurn() {
    return submission.request() instanceof ChatRequest;
  }

  /** Whether a slot keeps what it computes for it; of embeddings nothing is kept. */
  boolean leavesPrompt() {
    return !(submission.request() instanceof EmbedRequest);
  }

  /** Since when it wants an answer, retries and resends included. */
  Instant born() {
    return born;
  }

  /** It is the same request as one that left, and keeps its age. */
  void adopt(Instant age) {
    born = age;
    resent = true;
  }

  /** Whether the same client asks for the same. */
  boolean isSameAs(Ticket other) {
    return model().equals(other.model())
        && submission.client().equals(other.submission.client())
        && chain.equals(other.chain);
  }

  /** Whether it is the same request as one that left. */
  boolean isResent() {
    return resent;
  }

  /** The order in which requests of one class start when nothing is cached; the least first. */
  double rank() {
    return rank;
  }

  /** When it is refused if it still waits then. */
  Instant expiry() {
    return expiry;
  }

  Instant waitingSince() {
    return waitingSince;
  }

  /** Expected service time in nanoseconds; fixed while it waits, so that sums of it stay true. */
  long work() {
    return work;
  }

  /**
   * What it is expected to cost, nothing being cached.
   *
   * @param patience nanoseconds of service that a nanosecond of waiting is worth
   */
  void expectWork(long nanos, double patience) {
    work = nanos;
    rank = nanos + patience * (1e9 * born.getEpochSecond() + born.getNano());
  }

  /** Where it runs or ran last; null while it never ran. */
  @Nullable Placement placement() {
    return placement;
  }

  /** Whether it was sent there, and the backend has not said yet that it has taken it. */
  boolean isUnanswered(BackendId backend) {
    return isPlacedOn(backend) && !acknowledged;
  }

  void acknowledge() {
    acknowledged = true;
  }

  /** Nobody wants its answer any more, although it runs. */
  boolean isLeaving() {
    return leaving;
  }

  void leave() {
    leaving = true;
  }

  /** Whether it was given a slot there last. */
  boolean isPlacedOn(BackendId backend) {
    return placement != null && placement.backend().equals(backend);
  }

  boolean hasTried(BackendId backend) {
    return tried.contains(backend);
  }

  /** Whether a backend has already failed it, so that not every backend will do. */
  boolean isRetry() {
    return !tried.isEmpty();
  }

  /** Why the last backend failed it; null when none has. */
  @Nullable Failure failure() {
    return failure;
  }

  Placement place(BackendId backend, Instant now) {
    queued = queued.plus(Duration.between(waitingSince, now));
    acknowledged = false;
    placement = new Placement(backend, model(), tried.size() + 1, queued);
    return placement;
  }

  /** It was handed back and waits on with its old age. */
  void handedBack(Instant now) {
    waitingSince = now;
  }

  /** A backend failed it; it waits for another one. */
  void failed(Lost lost, Instant now, Duration longestWait) {
    tried.add(lost.backend());
    failure = lost.failure();
    waitingSince = now;
    expiry = earlier(submission.deadline(), now.plus(longestWait));
  }

  /** Notes the place that its client is told; false when it knows it already. */
  boolean tell(int place) {
    boolean news = place != toldPlace;
    toldPlace = place;
    return news;
  }

  private static Instant earlier(Instant left, Instant right) {
    return left.isBefore(right) ? left : right;
  }
}
