package com.visiquate.ccproxy.warmup;

import static com.visiquate.ccproxy.warmup.Plans.model;
import static com.visiquate.ccproxy.warmup.Plans.plan;
import static com.visiquate.ccproxy.warmup.Plans.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.warmup.WarmPlan.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WarmPlanTest {
  private static final ModelSpec FOREVER = model("m", true, "-1");
  private static final ModelSpec OTHER = model("other", true, "-1");
  private Instant now = Instant.EPOCH;

  @Test
  void asksWhenABackendIsUp() {
    WarmPlan plan = new WarmPlan(plan(1, FOREVER));
    assertThat(plan.due(now)).isEmpty();
    plan.status(status(Health.DOWN, 0), now);
    assertThat(plan.due(now)).isEmpty();
    plan.status(status(Health.UP, 0), now);
    assertThat(plan.due(now)).containsExactly(new Order(Plans.B, FOREVER));
  }

  @Test
  void asksForOneModelAtATime() {
    WarmPlan plan = new WarmPlan(plan(2, FOREVER, OTHER));
    plan.status(status(Health.UP, 0), now);
    Order first = plan.due(now).getFirst();
    assertThat(plan.due(now)).isEmpty();
    plan.loaded(first, now);
    plan.status(status(Health.UP, 0, "m:latest"), now);
    assertThat(plan.due(now)).containsExactly(new Order(Plans.B, OTHER));
  }

  @Test
  void leavesAColdModelCold() {
    assertThat(isAskedFor(model("m", false, "-1"))).isFalse();
    assertThat(isAskedFor(model("m", true, "0"))).isFalse();
    assertThat(isAskedFor(FOREVER)).isTrue();
  }

  @Test
  void doesNotLetModelsChaseEachOther() {
    WarmPlan plan = new WarmPlan(plan(1, FOREVER, OTHER));
    warm(plan);
    after(Duration.ofHours(1));
    plan.status(status(Health.UP, 0, "m:latest"), now);
    assertThat(plan.due(now)).isEmpty();
  }

  @Test
  void asksAgainWhenTheModelIsGone() {
    WarmPlan plan = new WarmPlan(plan(1, FOREVER));
    warm(plan);
    after(Duration.ofMinutes(1));
    plan.status(status(Health.UP, 0), now);
    assertThat(plan.due(now)).hasSize(1);
  }

  @Test
  void asksAgainBeforeTheModelExpires() {
    WarmPlan plan = new WarmPlan(plan(1, model("m", true, "10m")));
    warm(plan);
    after(Duration.ofMinutes(7));
    assertThat(plan.due(now)).isEmpty();
    after(Duration.ofMinutes(2));
    assertThat(plan.due(now)).hasSize(1);
  }

  @Test
  void confirmsAModelThatSomebodyElseLoadedButNotUnderWork() {
    WarmPlan plan = new WarmPlan(plan(1, FOREVER));
    plan.status(status(Health.UP, 1, "m:latest"), now);
    assertThat(plan.due(now)).isEmpty();
    plan.status(status(Health.UP, 0, "m:latest"), now);
    assertThat(plan.due(now)).hasSize(1);
  }

  @Test
  void pushesNothingOutThatRunsOrHasJustRun() {
    WarmPlan plan = new WarmPlan(plan(1, FOREVER, model("other", false, "-1")));
    plan.status(status(Health.UP, 1, "other:latest"), now);
    assertThat(plan.due(now)).isEmpty();
    after(Duration.ofHours(1));
    plan.status(status(Health.UP, 0, "other:latest"), now);
    assertThat(plan.due(now)).isEmpty();
    after(Ward.QUIET);
    assertThat(plan.due(now)).hasSize(1);
  }

  @Test
  void waitsLongerAfterEachFailure() {
    WarmPlan plan = new WarmPlan(plan(1, FOREVER));
    plan.status(status(Health.UP, 0), now);
    Duration before = Duration.ZERO;
    for (int i = 0; i < 6; i++) {
      Duration pause = plan.failed(plan.due(now).getFirst(), now);
      assertThat(pause).isGreaterThan(before);
      assertThat(plan.due(now.plus(pause).minusMillis(1))).isEmpty();
      after(pause);
      before = pause;
    }
  }

  @Test
  void doesNotCountAFullBackendAsAFailure() {
    WarmPlan plan = new WarmPlan(plan(1, FOREVER));
    plan.status(status(Health.UP, 0), now);
    for (int i = 0; i < 10; i++) {
      plan.postponed(plan.due(now).getFirst(), now);
      after(Duration.ofSeconds(5));
    }
    assertThat(plan.due(now)).hasSize(1);
  }

  @Test
  void asksAtOnceWhenABackendComesBack() {
    WarmPlan plan = new WarmPlan(plan(1, FOREVER));
    warm(plan);
    plan.status(status(Health.DOWN, 0), now);
    plan.status(status(Health.UP, 0), now);
    assertThat(plan.due(now)).hasSize(1);
  }

  @Test
  void followsTheConfiguration() {
    WarmPlan plan = new WarmPlan(plan(1, FOREVER));
    warm(plan);
    FleetPlan changed = plan(1, model("new", true, "-1"));
    plan.replan(changed);
    plan.status(status(Health.UP, 0), now);
    assertThat(plan.due(now).getFirst().model().name().value()).isEqualTo("new");
  }

  @Test
  void neverHasTwoLoadsUnderWay() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    WarmPlan plan = new WarmPlan(plan(2, FOREVER, OTHER));
    List<Order> under = List.of();
    for (int i = 0; i < 10_000; i++) {
      after(Duration.ofSeconds(random.nextInt(20)));
      plan.status(status(List.of(Health.values()).get(random.nextInt(5)), random.nextInt(2)), now);
      List<Order> orders = plan.due(now);
      assertThat(orders.size() + under.size()).as("seed %d", seed).isLessThanOrEqualTo(1);
      under = under.isEmpty() ? orders : under;
      if (random.nextBoolean() && !under.isEmpty()) {
        end(plan, under.getFirst(), random.nextInt(3));
        under = List.of();
      }
    }
  }

  private void end(WarmPlan plan, Order order, int how) {
    switch (how) {
      case 0 -> plan.loaded(order, now);
      case 1 -> plan.failed(order, now);
      default -> plan.postponed(order, now);
    }
  }

  private boolean isAskedFor(ModelSpec model) {
    WarmPlan plan = new WarmPlan(plan(1, model));
    plan.status(status(Health.UP, 0), now);
    return !plan.due(now).isEmpty();
  }

  private void warm(WarmPlan plan) {
    plan.status(status(Health.UP, 0), now);
    plan.loaded(plan.due(now).getFirst(), now);
    plan.status(status(Health.UP, 0, "m:latest"), now);
  }

  private void after(Duration time) {
    now = now.plus(time);
  }
}
