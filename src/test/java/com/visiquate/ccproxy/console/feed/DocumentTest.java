package com.visiquate.ccproxy.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.AlertMessage.Severity;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.QueueReport.Phase;
import com.visiquate.ccproxy.fleet.Withheld;
import org.junit.jupiter.api.Test;

final class DocumentTest {
  private static final long START = Scenes.START.toEpochMilli();
  private final Document document = new Document("1.0", "node", Scenes.START);
  private ObjectNode told = JsonNodeFactory.instance.objectNode();

  @Test
  void showsEachSlotInItsLane() {
    JsonNode slots =
        look(new Scenes(1, 3)
                .at(10)
                .runs("b0", "x1", Phase.PROMPT, 4)
                .runs("b0", "x2", Phase.ANSWER, 2)
                .said("x2", 140))
            .at("/backends/b0/slots");
    JsonNode answer = slots.path("0");
    assertThat(answer.path("phase").asText()).isEqualTo("output");
    assertThat(answer.path("exchange").asText()).isEqualTo("x2");
    assertThat(answer.path("conversation").asText()).isEqualTo("talk");
    assertThat(answer.path("class").asText()).isEqualTo("normal");
    assertThat(answer.path("since").asLong()).isEqualTo(START + 3_000);
    assertThat(answer.path("output_tokens").asInt()).isEqualTo(140);
    assertThat(answer.path("rate").asDouble()).isEqualTo(20);
    JsonNode prompt = slots.path("1");
    assertThat(prompt.path("phase").asText()).isEqualTo("prompt");
    assertThat(prompt.path("since").asLong()).isEqualTo(START + 4_000);
    assertThat(prompt.path("progress").asDouble()).isEqualTo(0.25);
    assertThat(prompt.path("cached_tokens").asInt()).isEqualTo(250);
    assertThat(prompt.path("expected_output").asLong()).isEqualTo(START + 15_000);
    assertThat(slots.path("2")).hasToString("{\"phase\":\"free\"}");
  }

  @Test
  void leavesEverybodyInHisLane() {
    look(
        new Scenes(1, 3)
            .runs("b0", "x1", Phase.PROMPT, -3)
            .runs("b0", "x2", Phase.PROMPT, -2)
            .holds("b0", "ada", 9));
    JsonNode slots =
        look(new Scenes(1, 3)
                .at(1)
                .runs("b0", "x2", Phase.PROMPT, -2)
                .runs("b0", "x3", Phase.PROMPT, 1)
                .holds("b0", "ada", 9))
            .at("/backends/b0/slots");
    assertThat(slots.path("1").path("exchange").asText()).isEqualTo("x2");
    assertThat(slots.path("0").path("exchange").asText()).isEqualTo("x3");
    assertThat(slots.path("2").path("phase").asText()).isEqualTo("held");
    assertThat(slots.path("2").path("until").asLong()).isEqualTo(START + 9_000);
  }

  @Test
  void saysWhatIsLoadedAndLoading() {
    ObjectNode seen = look(new Scenes(2, 1).isCold("b1").runs("b1", "x1", Phase.PROMPT, 0));
    assertThat(seen.at("/backends/b1/slots/0/phase").asText()).isEqualTo("loading");
    assertThat(seen.at("/backends/b0/models_loaded/m/size").asLong()).isEqualTo(5_000);
    assertThat(seen.at("/hosts/mac/memory_used").asLong()).isEqualTo(5_000);
    assertThat(seen.at("/hosts/mac/memory_total").asLong()).isEqualTo(64_000);
  }

  @Test
  void saysWhoHasWithheldWhat() {
    ObjectNode seen =
        look(
            new Scenes(3, 1)
                .is("b0", Health.UP, new Withheld("ada", null))
                .is("b1", Health.UP, new Withheld("bob", Scenes.START.plusSeconds(60)))
                .is("b2", Health.DOWN, null));
    assertThat(seen.at("/backends/b0/drained").asText()).isEqualTo("ada");
    assertThat(seen.at("/backends/b1/held_until").asLong()).isEqualTo(START + 60_000);
    assertThat(seen.at("/backends/b2/state").asText()).isEqualTo("down");
    assertThat(seen.at("/backends/b2/reason").asText()).isEqualTo("no answer to a probe");
  }

  @Test
  void keepsTheOrderOfThoseWhoWait() {
    ObjectNode seen = look(new Scenes(1, 1).at(5).waits("x1", 1, 40, 9.2).waits("x2", 2, 41, 30));
    JsonNode first = seen.at("/waiting/x1");
    assertThat(first.path("arrived").asLong()).isEqualTo(START + 1_000);
    assertThat(first.path("expected_start").asLong()).isEqualTo(START + 10_000);
    assertThat(first.path("rank").asLong()).isLessThan(seen.at("/waiting/x2/rank").asLong());
    assertThat(first.has("exchange")).isFalse();
    assertThat(seen.at("/models/m/waiting/normal").asInt()).isEqualTo(2);
  }

  @Test
  void tellsAnExpectationAgainOnlyWhenItIsNews() {
    look(new Scenes(1, 1).waits("x1", 0, 1, 60));
    ObjectNode same = look(new Scenes(1, 1).at(1).waits("x1", 0, 1, 64));
    assertThat(same.at("/waiting/x1/expected_start").asLong()).isEqualTo(START + 60_000);
    ObjectNode other = look(new Scenes(1, 1).at(2).waits("x1", 0, 1, 90));
    assertThat(other.at("/waiting/x1/expected_start").asLong()).isEqualTo(START + 90_000);
  }

  @Test
  void hasAlertsAndTotals() {
    Alert alert =
        new Alert("7", "down", "b0", Severity.CRITICAL, "b0 is down.", Scenes.START, null);
    ObjectNode seen = look(new Scenes(1, 1).alerts(alert));
    assertThat(seen.at("/alerts/7/severity").asText()).isEqualTo("critical");
    assertThat(seen.at("/alerts/7/fired").asLong()).isEqualTo(START);
    assertThat(seen.at("/totals/answered").asLong()).isEqualTo(7);
  }

  private ObjectNode look(Scenes scene) {
    told = document.of(scene.picture(), told);
    return told;
  }
}
