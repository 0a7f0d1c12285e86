package com.visiquate.ccproxy.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.QueueReport.Phase;
import com.visiquate.ccproxy.fleet.Withheld;
import org.junit.jupiter.api.Test;

final class LimitTest {
  @Test
  void saysThatNothingDoes() {
    assertThat(limit(new Scenes(2, 1))).isEqualTo("Nothing waits and nothing runs.");
    assertThat(limit(new Scenes(2, 2).runs("b0", "x1", Phase.PROMPT, 0)))
        .isEqualTo("Nothing waits; 1 of 4 slots work.");
    assertThat(limit(new Scenes(0, 1))).isEqualTo("No backend is configured.");
  }

  @Test
  void saysWhatTheSlotsDo() {
    Scenes busy =
        new Scenes(3, 1)
            .at(9)
            .runs("b0", "x1", Phase.PROMPT, 0)
            .runs("b1", "x2", Phase.PROMPT, 0)
            .runs("b2", "x3", Phase.ANSWER, 0)
            .waits("x4", 1, 1, 12)
            .waits("x5", 1, 2, 14);
    assertThat(limit(busy))
        .isEqualTo(
            "2 requests wait for m: of 3 slots 2 compute prompts, 1 answers;"
                + " another backend like b0 would start 1 of them.");
  }

  @Test
  void saysWhatTheOneSlotDoes() {
    Scenes busy = new Scenes(1, 1).at(9).runs("b0", "x1", Phase.ANSWER, 0).waits("x2", 1, 1, 12);
    assertThat(limit(busy))
        .isEqualTo(
            "1 request waits for m: its slot answers; another backend like b0 would start it.");
    assertThat(limit(new Scenes(1, 1).at(9).waits("x2", 1, 1, 12)))
        .isEqualTo("1 request waits for m: it is about to start.");
  }

  @Test
  void saysThatGhostsHoldsAndOthersAreInTheWay() {
    Scenes busy =
        new Scenes(3, 1)
            .at(9)
            .runs("b0", "x1", Phase.GHOST, 0)
            .holds("b1", "ada", 30)
            .runs("b2", Scenes.request("x3", new ModelName("n")), Phase.ANSWER, 0, 20)
            .waits("x4", 1, 1, 12);
    assertThat(limit(busy))
        .isEqualTo(
            "1 request waits for m: of 3 slots 1 works on for a client that has left,"
                + " 1 is held for a conversation, 1 runs another model.");
  }

  @Test
  void saysThatNoBackendTakesWork() {
    Scenes down =
        new Scenes(3, 1)
            .is("b0", Health.DOWN, null)
            .is("b1", Health.UP, new Withheld("ada", null))
            .is("b2", Health.UP, new Withheld("bob", Scenes.START.plusSeconds(60)));
    assertThat(limit(down))
        .isEqualTo(
            "No backend takes work: b0 is down, b1 is drained by ada, b2 is held back by bob.");
    assertThat(Limit.obstacle(down.picture(), Scenes.M)).startsWith("b0 is down, ");
    assertThat(Limit.obstacle(down.picture(), new ModelName("gone")))
        .isEqualTo("no backend has it");
    assertThat(Limit.obstacle(new Scenes(1, 1).picture(), Scenes.M)).isEmpty();
  }

  private static String limit(Scenes scene) {
    return Limit.of(scene.picture());
  }
}
