package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.routing.SwarmJob.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One simulated computer: its prompts are computed one after the other, answers nearly stall
 * meanwhile and share it otherwise.
 */
final class SwarmMachine {
  /** Tokens a second of one answer that runs alone. */
  static final double OUTPUT_RATE = 50;

  private static final double STALLED = 0.05;

  private final List<SwarmJob> jobs = new ArrayList<>();
  private double clock;

  void add(SwarmJob job, double now) {
    advance(now);
    jobs.add(job);
  }

  /** When something happens next here; infinity when nothing runs. */
  double next() {
    SwarmJob due = due();
    return due == null ? Double.POSITIVE_INFINITY : clock + left(due);
  }

  /** Lets the time pass up to {@link #next} and says who has reached its next phase. */
  SwarmJob reach() {
    SwarmJob due = due();
    if (due == null) {
      throw new IllegalStateException("nothing runs");
    }
    advance(next());
    due.reachNext();
    if (due.phase() == Phase.DONE) {
      jobs.remove(due);
    }
    return due;
  }

  private void advance(double now) {
    double seconds = Math.max(0, now - clock);
    double speed = speed();
    SwarmJob computing = computing();
    for (SwarmJob job : jobs) {
      if (job.phase() != Phase.PROMPT || job == computing) {
        job.work(seconds, speed);
      }
    }
    clock = now;
  }

  private @Nullable SwarmJob due() {
    SwarmJob due = null;
    for (SwarmJob job : jobs) {
      due = due == null || left(job) < left(due) ? job : due;
    }
    return due;
  }

  private double left(SwarmJob job) {
    boolean queued = job.phase() == Phase.PROMPT && job != computing();
    return queued ? Double.POSITIVE_INFINITY : job.left(speed());
  }

  private @Nullable SwarmJob computing() {
    for (SwarmJob job : jobs) {
      if (job.phase() == Phase.PROMPT) {
        return job;
      }
    }
    return null;
  }

  /** Tokens a second of each running answer. */
  private double speed() {
    int answers = (int) jobs.stream().filter(job -> job.phase() == Phase.ANSWER).count();
    double shared = OUTPUT_RATE / Math.sqrt(Math.max(1, answers));
    return computing() == null ? shared : shared * STALLED;
  }
}
