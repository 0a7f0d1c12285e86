package com.visiquate.ccproxy.routing.replay;

import com.visiquate.ccproxy.bus.ReplayMessage.Replayed;
import com.visiquate.ccproxy.bus.ReplayMessage.Variant;
import com.visiquate.ccproxy.bus.TimelineMessage.PastRun;
import com.visiquate.ccproxy.bus.TimelineMessage.RunsFound;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What would have become of the requests of a time: with the settings that hold, which tells how
 * far a replay is from what was, and with others.
 */
public final class WhatIf {
  private final FleetPlan plan;
  private final Map<BackendId, BackendStatus> statuses;
  private final Variation tried;
  private final Map<String, String> with;

  /**
   * A question.
   *
   * @param statuses how each backend said that it is
   * @param with the settings that are different
   * @throws IllegalArgumentException which says what is wrong with them
   */
  public WhatIf(FleetPlan plan, Map<BackendId, BackendStatus> statuses, Map<String, String> with) {
    this.plan = plan;
    this.statuses = Map.copyOf(statuses);
    this.tried = Changes.of(with, plan);
    this.with = Map.copyOf(with);
  }

  /** The answer; takes seconds for tens of thousands of requests. */
  public Replayed answer(RunsFound past) {
    List<PastRun> runs =
        past.runs().stream()
            .filter(run -> plan.catalogue().model(run.model()).isPresent())
            .toList();
    Workload workload = Workload.of(runs);
    Speeds speeds = Speeds.of(runs, plan);
    List<Variant> variants = new ArrayList<>();
    List<String> notes = new ArrayList<>(notes(past, runs.size()));
    variants.add(replayed(workload, speeds, Variation.none(plan), Map.of(), notes));
    if (!with.isEmpty()) {
      variants.add(replayed(workload, speeds, tried, with, notes));
    }
    return new Replayed(runs.size(), 0, Tally.of(runs), variants, notes);
  }

  private Variant replayed(
      Workload workload,
      Speeds speeds,
      Variation variation,
      Map<String, String> settings,
      List<String> notes) {
    Replay.Result result = Replay.run(workload, variation, speeds, variation.statuses(statuses));
    if (result.refused() > 0) {
      notes.add("%,d requests are refused with %s.".formatted(result.refused(), name(settings)));
    }
    return new Variant(new TreeMap<>(settings), result.figures());
  }

  private static String name(Map<String, String> settings) {
    return settings.isEmpty() ? "the settings that hold" : new TreeMap<>(settings).toString();
  }

  private static List<String> notes(RunsFound past, int replayed) {
    List<String> notes = new ArrayList<>();
    if (past.truncated()) {
      notes.add("Only the last %,d requests are replayed.".formatted(past.runs().size()));
    }
    if (past.others() > 0) {
      notes.add(
          "%,d requests that were not answered to their end are left out."
              .formatted(past.others()));
    }
    if (replayed < past.runs().size()) {
      notes.add(
          "%,d requests for models that are not configured any more are left out."
              .formatted(past.runs().size() - replayed));
    }
    return notes;
  }
}
