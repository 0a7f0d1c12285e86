package com.visiquate.ccproxy.routing.replay;

import com.visiquate.ccproxy.routing.replay.Job.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One computer with all its backends, by {@link Law}. */
final class PlayedMachine {
  private final List<Job> jobs = new ArrayList<>();
  private double clock;
  private int answers;

  /** The one whose prompt is computed; the others wait for it. */
  private @Nullable Job computing;

  /** Who reaches its next phase first, and when; null when nothing runs. */
  private @Nullable Job due;

  private double dueAt = Double.POSITIVE_INFINITY;

  void add(Job job, double now) {
    advance(now);
    jobs.add(job);
    look();
  }

  /** When something happens next here; infinity when nothing runs. */
  double next() {
    return dueAt;
  }

  /** Lets the time pass up to {@link #next} and says who has reached its next phase. */
  Job reach() {
    Job reached = due;
    if (reached == null) {
      throw new IllegalStateException("nothing runs");
    }
    advance(dueAt);
    reached.reachNext();
    if (reached.phase() == Phase.DONE) {
      jobs.remove(reached);
    }
    look();
    return reached;
  }

  private void advance(double now) {
    double seconds = Math.max(0, now - clock);
    double pace = pace();
    for (Job job : jobs) {
      if (job.phase() != Phase.PROMPT || job == computing) {
        job.work(seconds, pace);
      }
    }
    clock = now;
  }

  private void look() {
    computing = null;
    answers = 0;
    for (Job job : jobs) {
      boolean prompts = job.phase() == Phase.PROMPT;
      computing = computing == null && prompts ? job : computing;
      answers += job.phase() == Phase.ANSWER ? 1 : 0;
    }
    double pace = pace();
    due = null;
    double least = Double.POSITIVE_INFINITY;
    for (Job job : jobs) {
      boolean queued = job.phase() == Phase.PROMPT && job != computing;
      double left = queued ? Double.POSITIVE_INFINITY : job.left(pace);
      if (left < least) {
        least = left;
        due = job;
      }
    }
    dueAt = clock + least;
  }

  private double pace() {
    return Law.share(answers, computing != null);
  }
}
