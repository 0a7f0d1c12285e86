package com.visiquate.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.visiquate.ccproxy.bus.ReplayMessage.Figures;
import com.visiquate.ccproxy.bus.ReplayMessage.Replayed;
import com.visiquate.ccproxy.bus.TimelineMessage.RunsFound;
import com.visiquate.ccproxy.bus.TimelineMessage.RunsQuery;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.replay.WhatIf;
import com.visiquate.ccproxy.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a replay of one swarm's past predicts of other settings, beside the same swarm really run
 * with them. Everything gets slower and faster again meanwhile, by a quarter, as machines do; the
 * figures are means of three seeds, as in docs/scheduling.md, because a schedule is chaotic.
 */
@Tag("swarm")
@Execution(ExecutionMode.CONCURRENT)
final class ReplayPredictionTest {
  private static final int SEEDS = 3;
  private static final Percentage CLOSE = withinPercentage(10);
  private static final SwarmSetting OLDER = SwarmSetting.OLDER;
  private static final SwarmCourse DRIFTING =
      new SwarmCourse(true, now -> 1 + 0.25 * Math.sin(now / 900), null);

  @Test
  void ofTheSettingsThatHold() {
    predicts(OLDER, Map.of(), OLDER);
    predicts(OLDER.newer(), Map.of(), OLDER.newer());
  }

  @Test
  void ofShorterHolds() {
    predicts(
        OLDER,
        Map.of("routing.residency", "3s"),
        OLDER.policy(Strategy.LEAST_BUSY, 0.01, Duration.ofSeconds(3)));
  }

  @Test
  void ofAnotherBackend() {
    predicts(OLDER, Map.of("backends.b2.like", "b0"), OLDER.hardware(3, 3, 1));
  }

  @Test
  void ofAnotherStrategy() {
    predicts(OLDER, Map.of("routing.strategy", "least-requests"), OLDER.byArrival());
  }

  @Test
  void ofMoreSlots() {
    Map<String, String> four = Map.of("backends.b0.slots", "4", "backends.b1.slots", "4");
    predicts(OLDER, four, OLDER.hardware(2, 2, 4));
  }

  @Test
  void isDeterministic() {
    SwarmSetting few = OLDER.agents(12);
    Timeline timeline = recorded(few, 5);
    Map<String, String> with = Map.of("routing.patience", "0.03");
    assertThat(answer(few, with, timeline)).isEqualTo(answer(few, with, timeline));
  }

  private static void predicts(
      SwarmSetting before, Map<String, String> with, SwarmSetting changed) {
    List<Figures> predicted = new ArrayList<>();
    List<SwarmResult> real = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      predicted.add(answer(before, with, recorded(before, seed)).replayed().getLast().figures());
      real.add(Swarm.run(changed, seed, DRIFTING));
    }
    SwarmResult mean = SwarmResult.mean(real);
    String both = "%s%nreplayed %s%nreal %s".formatted(with, predicted, real);
    assertThat(mean(predicted, Figures::makespan)).as(both).isCloseTo(mean.makespan(), CLOSE);
    assertThat(mean(predicted, Figures::firstToken50))
        .as(both)
        .isCloseTo(mean.firstToken50(), CLOSE);
    assertThat(mean(predicted, Figures::firstToken95))
        .as(both)
        .isCloseTo(mean.firstToken95(), CLOSE);
    assertThat(mean(predicted, Figures::hitShare)).as(both).isCloseTo(mean.hits(), within(0.02));
  }

  private static Timeline recorded(SwarmSetting setting, long seed) {
    Timeline timeline = new Timeline(Duration.ofHours(48), 1L << 28);
    Swarm.run(setting, seed, DRIFTING.toldTo(timeline::happened));
    return timeline;
  }

  private static Replayed answer(
      SwarmSetting setting, Map<String, String> with, Timeline timeline) {
    FleetPlan plan = Swarm.plan(setting);
    Map<BackendId, BackendStatus> statuses = new HashMap<>();
    for (BackendSpec spec : plan.backends()) {
      statuses.put(spec.id(), Swarm.status(spec, setting));
    }
    RunsFound past = timeline.runs(new RunsQuery(Fixture.START.toEpochMilli(), 20_000));
    return new WhatIf(plan, statuses, with).answer(past);
  }

  private static double mean(List<Figures> all, ToDoubleFunction<Figures> of) {
    return all.stream().mapToDouble(of).average().orElseThrow();
  }
}
