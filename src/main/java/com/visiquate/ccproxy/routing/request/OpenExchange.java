package com.visiquate.ccproxy.routing.request;

import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.routing.cache.Chain;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One open exchange from its submission to its end: it waits, or it is placed on a backend. */
public final class OpenExchange {
  /** Class first, then arrival. */
  public static final Comparator<OpenExchange> TURN =
      Comparator.comparing(OpenExchange::priority).thenComparingLong(OpenExchange::order);

  private Submission submission;
  private final long number;
  private final Chain chain;
  private final Tries tries;
  private long order;
  private Instant born;
  private boolean resent;
  private final QueueStay stay;
  private final Prospect prospect = new Prospect();
  private final Placing placing;
  private boolean leaving;

  /**
   * A new one.
   *
   * @param number unlike that of any other; later ones have higher numbers
   */
  public OpenExchange(Submission submission, long number, Instant now, QueueBounds bounds) {
    this.submission = submission;
    this.number = number;
    this.order = number;
    this.chain = submission.prompt();
    this.tries = new Tries(null);
    this.born = now;
    this.stay = new QueueStay(submission, now, bounds);
    this.placing = new Placing(null);
  }

  /** One that another model did not answer, with its age, its place and what it has had. */
  public OpenExchange(
      OpenExchange before, ModelName model, FallbackPath path, Instant now, QueueBounds bounds) {
    this.submission = before.submission.to(model);
    this.number = before.number;
    this.order = before.order;
    this.chain = before.chain;
    this.tries = new Tries(path);
    this.born = before.born;
    this.resent = before.resent;
    this.stay = before.stay.elsewhere(submission, now, bounds);
    this.placing = new Placing(before.placement());
  }

  public Submission submission() {
    return submission;
  }

  public ExchangeId id() {
    return submission.exchange();
  }

  public ModelName model() {
    return submission.model();
  }

  public Priority priority() {
    return submission.priority();
  }

  /** It waits in another class from now on; whoever has it in a line takes it out before. */
  public void reclass(Priority other) {
    submission = submission.of(other);
  }

  public long number() {
    return number;
  }

  /** Its place in the order of arrival; that of its first exchange when it is sent again. */
  public long order() {
    return order;
  }

  /** The name that the client used for the model. */
  public String alias() {
    return submission.request().model();
  }

  /** Its prompt. */
  public Chain chain() {
    return chain;
  }

  /** Whether it is a turn of a conversation, which may have a next one. */
  public boolean isTurn() {
    return submission.request() instanceof ChatRequest;
  }

  /** Whether a slot keeps what it computes for it; of embeddings nothing is kept. */
  public boolean leavesPrompt() {
    return !(submission.request() instanceof EmbedRequest);
  }

  /** Since when it wants an answer, retries and resends included. */
  public Instant born() {
    return born;
  }

  /** It is the same request as one that left, and keeps its age and its place. */
  public void takeOver(Instant age, long place) {
    born = age;
    order = place;
    resent = true;
  }

  /** It came before all that are counted here, and at this place among its like. */
  public void cameBefore(long place) {
    order = place;
  }

  /** Whether the same client asks for the same. */
  public boolean isSameAs(OpenExchange other) {
    return model().equals(other.model())
        && submission.client().equals(other.submission.client())
        && chain.equals(other.chain);
  }

  /** Whether an answer to the other one is an answer to this one. */
  public boolean isTwinOf(OpenExchange other) {
    return this != other
        && isSameAs(other)
        && submission.request().equals(other.submission.request());
  }

  /** Whether it is the same request as one that left. */
  public boolean isResent() {
    return resent;
  }

  /** Whether nothing that was computed for it before makes one backend better than another. */
  public boolean isStranger() {
    return chain.continued() == 0 && !resent;
  }

  /** The order in which requests of one class are expected to start; the least first. */
  public double rank() {
    return prospect.rank();
  }

  /** When it is refused if it still waits then. */
  public Instant expiry() {
    return stay.expiry();
  }

  public Instant waitingSince() {
    return stay.since();
  }

  /** Expected service time in nanoseconds. */
  public long work() {
    return prospect.work();
  }

  /** While it waits only its line may say so: it is indexed by both. */
  public void expectWork(long nanos, double among) {
    prospect.expect(nanos, among);
  }

  /** Where it runs or ran last; null while it never ran. */
  public @Nullable Placement placement() {
    return placing.last();
  }

  /** Whether it was sent there, and the backend has not said yet that it has taken it. */
  public boolean isUnanswered(BackendId backend) {
    return placing.isUnanswered(backend);
  }

  public void acknowledge() {
    placing.acknowledge();
  }

  /** Nobody wants its answer any more, although it runs. */
  public boolean isLeaving() {
    return leaving;
  }

  public void leave() {
    leaving = true;
  }

  /** Whether it was given a slot there last. */
  public boolean isPlacedOn(BackendId backend) {
    return placing.isOn(backend);
  }

  public Tries tries() {
    return tries;
  }

  /** Whether a backend has already failed it, so that not every backend will do. */
  public boolean isRetry() {
    return tries.size() > 0;
  }

  public Placement place(BackendId backend, Instant now) {
    Duration queued = stay.ends(now);
    return placing.on(new Placement(backend, model(), tries.next(), queued, tries.origin()));
  }

  /** It was handed back and waits on with its old age. */
  public void handedBack(Instant now) {
    stay.goesOn(now);
  }

  /** A backend failed it; it waits for another one. */
  public void failed(Lost lost, Instant now, QueueBounds bounds) {
    tries.add(lost);
    stay.begins(submission, now, bounds);
  }

  /** Notes the place that its client is told; false when it knows it already. */
  public boolean tell(int place) {
    return prospect.tell(place);
  }
}
