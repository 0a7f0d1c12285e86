package com.visiquate.ccproxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.LoadedModel;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a backend does about departures once abandoned prompts were seen to run on there. */
final class StandingTest {
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
    standing.loaded(List.of(LoadedModel.named(House.MODEL.ollama())));
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
    standing.loaded(List.of(LoadedModel.named(House.MODEL.ollama())));
    assertThat(standing.rule(House.MODEL)).isEqualTo(Departure.STOPS);
  }

  @Test
  void keepsToAConfiguredRule() {
    Standing standing = standing(GhostRule.STOPS);
    standing.haunted();
    assertThat(standing.rule(House.MODEL)).isEqualTo(Departure.STOPS);
  }

  private static Standing standing(GhostRule rule) {
    URI url = URI.create("http://127.0.0.1:11434");
    BackendSpec spec = new BackendSpec(House.ID, url, 1, 1, "h", 1, rule);
    Standing standing = new Standing(spec, Limits.DEFAULT, () -> {});
    standing.answered("0.33.0");
    standing.loaded(List.of(LoadedModel.named(House.MODEL.ollama())));
    return standing;
  }
}
