package com.visiquate.ccproxy.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.bus.ExchangeEnded.Contents;
import com.visiquate.ccproxy.bus.ExchangeEnded.Conversation;
import com.visiquate.ccproxy.bus.ExchangeEnded.Operation;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which spans a request becomes. */
final class SpansTest {
  private static final Instant ARRIVED = Instant.parse("2026-11-30T12:00:00.123456789Z");
  private static final int ROUNDS = 20_000;
  private static final List<String> PHASES = List.of("queue", "load", "prompt", "output");

  @Test
  void aStreamIsComputedUntilItsFirstTokenAndGeneratedAfterIt() {
    Stretch request = Spans.of(ended(true, millis(100), millis(700), millis(1_000)), plan());

    assertThat(lengths(request)).containsExactly(110L, 50L, 540L, 300L);
    assertThat(request.children().get(4).begun()).isEqualTo(ARRIVED.plusMillis(100));
  }

  @Test
  void aWholeAnswerIsComputedForAsLongAsOllamaSays() {
    Stretch request = Spans.of(ended(false, millis(100), millis(999), millis(1_000)), plan());

    assertThat(lengths(request)).containsExactly(110L, 50L, 200L, 640L);
  }

  @Test
  void whatHasSaidNothingGeneratedNothing() {
    Stretch request = Spans.of(ended(true, millis(100), null, millis(1_000)), plan());

    assertThat(lengths(request)).containsExactly(110L, 50L, 840L, 0L);
  }

  @Test
  void whatNeverRanOnlyWaited() {
    ExchangeEnded end = ended(true, null, null, millis(1_000));

    assertThat(Spans.of(end, plan()).children())
        .containsExactly(Stretch.plain("queue", ARRIVED, ARRIVED.plusMillis(1_000)));
  }

  @Test
  void phasesAreTheWholeTimeWhateverIsSaidOfThem() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Stretch request = Spans.of(any(random), plan());
      assertThat(request.children()).as("seed %d, round %d", seed, round).isNotEmpty();
      assertThat(request.children())
          .as("seed %d, round %d", seed, round)
          .allMatch(child -> !child.begun().isBefore(request.begun()))
          .allMatch(child -> !child.ended().isAfter(request.ended()))
          .allMatch(child -> !child.ended().isBefore(child.begun()));
      Duration phases =
          request.children().stream()
              .filter(child -> PHASES.contains(child.name()))
              .map(child -> Duration.between(child.begun(), child.ended()))
              .reduce(Duration.ZERO, Duration::plus);
      assertThat(phases)
          .as("seed %d, round %d", seed, round)
          .isEqualTo(Duration.between(request.begun(), request.ended()));
    }
  }

  private static List<Long> lengths(Stretch request) {
    return request.children().stream()
        .filter(child -> PHASES.contains(child.name()))
        .map(child -> Duration.between(child.begun(), child.ended()).toMillis())
        .toList();
  }

  private static ExchangeEnded any(Random random) {
    Duration queued = random.nextInt(4) == 0 ? null : nanos(random);
    Duration first = random.nextBoolean() ? null : nanos(random);
    return ended(random.nextBoolean(), queued, first, nanos(random), counts(random));
  }

  private static Counts counts(Random random) {
    return random.nextInt(4) == 0
        ? Counts.NONE
        : new Counts(9, 4, 5, nano(random), nano(random), nano(random), nano(random));
  }

  private static Duration nanos(Random random) {
    return Duration.ofNanos(nano(random));
  }

  private static long nano(Random random) {
    return random.nextInt(5) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 45));
  }

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }

  private static ExchangeEnded ended(
      boolean streamed, @Nullable Duration queued, @Nullable Duration first, Duration total) {
    Counts counts = new Counts(9, 4, 5, 50_000_000, 200_000_000, 300_000_000, 10_000_000);
    return ended(streamed, queued, first, total, counts);
  }

  private static ExchangeEnded ended(
      boolean streamed,
      @Nullable Duration queued,
      @Nullable Duration first,
      Duration total,
      Counts counts) {
    Placement placement =
        queued == null ? null : new Placement(new BackendId("b"), new ModelName("m"), 1, queued);
    Failure failure = first == null ? Failure.shuttingDown() : null;
    return new ExchangeEnded(
        new ExchangeId("x"),
        new Asked(
            "/v1/chat/completions",
            "/v1/chat/completions",
            Operation.CHAT,
            "openai_chat",
            streamed,
            "m",
            new ClientId("me"),
            null,
            Conversation.NONE,
            null,
            ARRIVED),
        placement,
        failure == null ? Outcome.COMPLETED : Outcome.SHUTDOWN,
        failure == null ? 200 : 503,
        first,
        total,
        counts,
        Contents.NONE,
        null,
        failure);
  }

  private static FleetPlan plan() {
    return new FleetPlan(
        List.of(),
        new Catalogue(List.of(), List.of()),
        RoutingPolicy.DEFAULT,
        QueueBounds.DEFAULT,
        PriorityRules.DEFAULT,
        Limits.DEFAULT,
        Waiting.DEFAULT);
  }
}
