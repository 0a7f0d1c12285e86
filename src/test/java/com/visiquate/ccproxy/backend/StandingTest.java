package com.visiquate.ccproxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.backend.exchange.Departure;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.LoadedModel;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a backend does about departures once abandoned prompts were seen to run on there. */
final class StandingTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void keepsAbandonedPromptsWhateverItsVersionSays() {
    Standing standing = standing(GhostRule.AUTO);
    assertThat(standing.rule(House.MODEL)).isEqualTo(Departure.STOPS);
    standing.haunted();
    assertThat(standing.rule(House.MODEL)).isEqualTo(Departure.FINISHES);
  }

  @Test
  void believesAnotherVersionAgain() {
    Standing standing = standing(GhostRule.AUTO);
    standing.haunted();
    standing.answered("0.34.0");
    standing.loaded(List.of(LoadedModel.named(House.MODEL.ollama())), CLOCK.instant());
    assertThat(standing.rule(House.MODEL)).isEqualTo(Departure.STOPS);
  }

  @Test
  void believesItsVersionAgainAfterARestart() {
    Standing standing = standing(GhostRule.AUTO);
    standing.haunted();
    while (standing.health() != Health.DOWN) {
      standing.failed("no answer");
    }
    standing.answered("0.33.0");
    standing.loaded(List.of(LoadedModel.named(House.MODEL.ollama())), CLOCK.instant());
    assertThat(standing.rule(House.MODEL)).isEqualTo(Departure.STOPS);
  }

  @Test
  void keepsToAConfiguredRule() {
    Standing standing = standing(GhostRule.STOPS);
    standing.haunted();
    assertThat(standing.rule(House.MODEL)).isEqualTo(Departure.STOPS);
  }

  /** Whoever leaves then would abort the load that it has begun, for all who wait for it. */
  @Test
  void aModelWhoseTimeHasRunOutIsLoadedByWhoeverComesNext() {
    long[] seconds = {0};
    InstantSource time = () -> CLOCK.instant().plusSeconds(seconds[0]);
    Standing standing = standing(GhostRule.AUTO, time);
    standing.residency().began(House.MODEL, time.instant());
    standing.residency().ended(House.MODEL, time.instant());
    seconds[0] = 30 * 60 - 1;
    assertThat(standing.rule(House.MODEL)).isEqualTo(Departure.STOPS);
    seconds[0] = 30 * 60;
    standing.residency().began(House.MODEL, time.instant());
    assertThat(standing.rule(House.MODEL)).isEqualTo(Departure.LOADS);
    standing.residency().spoke(House.MODEL);
    assertThat(standing.rule(House.MODEL)).isEqualTo(Departure.STOPS);
  }

  private static Standing standing(GhostRule rule) {
    return standing(rule, CLOCK);
  }

  private static Standing standing(GhostRule rule, InstantSource time) {
    URI url = URI.create("http://127.0.0.1:11434");
    BackendSpec spec = new BackendSpec(House.ID, url, 1, 1, "h", 1, rule);
    Standing standing = new Standing(spec, Limits.DEFAULT, time, () -> {});
    standing.answered("0.33.0");
    standing.loaded(List.of(LoadedModel.named(House.MODEL.ollama())), CLOCK.instant());
    return standing;
  }
}
