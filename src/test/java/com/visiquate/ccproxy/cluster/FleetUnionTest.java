package com.visiquate.ccproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Config;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.FleetShare;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.NodeId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What several nodes are together. */
final class FleetUnionTest {
  private static final NodeId ONE = new NodeId("one");
  private static final NodeId TWO = new NodeId("two");
  private final FleetPlan one = plan("fast-1", "coder", 8192, "{gpt-4o: coder}");
  private final FleetPlan two = plan("fast-2", "coder", 8192, "{sonnet: coder}");

  @Test
  void hasAllBackendsAndKnowsWhichAreItsOwn() {
    FleetPlan union = FleetUnion.of(ONE, one, List.of(FleetUnion.share(TWO, two)));

    assertThat(union.backends())
        .extracting(spec -> spec.id().value(), BackendSpec::host)
        .containsExactly(tuple("fast-1", "one/localhost"), tuple("fast-2", "two/localhost"));
    assertThat(union.here()).extracting(spec -> spec.id().value()).containsExactly("fast-1");
    assertThat(union.elsewhere()).containsExactly(new BackendId("fast-2"));
    assertThat(union.hosts()).isEqualTo(Map.of("one/localhost", 3, "two/localhost", 3));
    assertThat(union.keys()).isEqualTo(one.keys());
  }

  @Test
  void runsAModelOnTheBackendsOfAll() {
    FleetPlan union = FleetUnion.of(ONE, one, List.of(FleetUnion.share(TWO, two)));

    assertThat(union.catalogue().model(new ModelName("coder")).orElseThrow().backends())
        .containsExactly(new BackendId("fast-1"), new BackendId("fast-2"));
    assertThat(union.catalogue().find("gpt-4o")).isPresent();
    assertThat(union.catalogue().find("sonnet")).isPresent();
  }

  @Test
  void isTheSameOnAllNodes() {
    FleetPlan here = FleetUnion.of(ONE, one, List.of(FleetUnion.share(TWO, two)));
    FleetPlan there = FleetUnion.of(TWO, two, List.of(FleetUnion.share(ONE, one)));

    assertThat(there.backends()).isEqualTo(here.backends());
    assertThat(there.hosts()).isEqualTo(here.hosts());
    assertThat(there.catalogue().models()).isEqualTo(here.catalogue().models());
  }

  @Test
  void isAskedForItsOwnShareOnly() {
    FleetPlan union = FleetUnion.of(ONE, one, List.of(FleetUnion.share(TWO, two)));
    FleetShare again = FleetUnion.share(ONE, union);

    assertThat(again.backends()).extracting(spec -> spec.id().value()).containsExactly("fast-1");
  }

  @Test
  void agrees() {
    assertThat(FleetUnion.disagreements(FleetUnion.share(ONE, one), FleetUnion.share(TWO, two)))
        .isEmpty();
  }

  @Test
  void saysWhatDiffers() {
    FleetShare mine = FleetUnion.share(ONE, one);
    FleetPlan other =
        plan("fast-1", "another", 4096, "{gpt-4o: {model: coder, priority: background}}");

    assertThat(FleetUnion.disagreements(mine, FleetUnion.share(TWO, other)))
        .containsExactly(
            "backends: fast-1 is also the id of a backend of two",
            "models[coder].ollama: coder here, another on two",
            "models[coder].context: 8192 here, 4096 on two",
            "aliases.gpt-4o: coder here, coder as BACKGROUND on two");
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.api.Assertions.tuple(values);
  }

  private static FleetPlan plan(String backend, String ollama, int context, String aliases) {
    String text =
        """
        backends: [{id: %s, url: "http://127.0.0.1:1"}]
        hosts: {localhost: 3}
        models: [{name: coder, ollama: %s, context: %d, backends: [%s]}]
        aliases: %s
        """
            .formatted(backend, ollama, context, backend, aliases);
    return ((Valid) Config.parse("test", text, Map.of())).settings().plan();
  }
}
