package com.visiquate.ccproxy.routing.request;

import com.visiquate.ccproxy.fleet.QueueBounds;
import java.time.Duration;
import java.time.Instant;

/** The time of one exchange in the queue: since when it waits, until when it may, and so far. */
final class QueueStay {
  private Duration queued;
  private Instant since;
  private Instant expiry;

  QueueStay(Submission submission, Instant now, QueueBounds bounds) {
    this(Duration.ZERO, now, expiry(submission, now, bounds));
  }

  private QueueStay(Duration queued, Instant since, Instant expiry) {
    this.queued = queued;
    this.since = since;
    this.expiry = expiry;
  }

  /** That in the queue of another model, to which it goes on with the time that it has waited. */
  QueueStay elsewhere(Submission submission, Instant now, QueueBounds bounds) {
    Duration before = queued.plus(Duration.between(since, now));
    return new QueueStay(before, now, expiry(submission, now, bounds));
  }

  /** It waits anew, and may wait as long as any other. */
  void begins(Submission submission, Instant now, QueueBounds bounds) {
    since = now;
    expiry = expiry(submission, now, bounds);
  }

  /** It waits again, and no longer than it might. */
  void goesOn(Instant now) {
    since = now;
  }

  /** It has a slot; how long it has waited in all. */
  Duration ends(Instant now) {
    queued = queued.plus(Duration.between(since, now));
    return queued;
  }

  Instant since() {
    return since;
  }

  Instant expiry() {
    return expiry;
  }

  private static Instant expiry(Submission submission, Instant now, QueueBounds bounds) {
    Instant bound = now.plus(bounds.of(submission.priority()).longestWait());
    return bound.isBefore(submission.deadline()) ? bound : submission.deadline();
  }
}
