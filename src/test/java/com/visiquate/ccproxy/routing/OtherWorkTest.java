package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.at;
import static com.visiquate.ccproxy.routing.Fixture.bounds;
import static com.visiquate.ccproxy.routing.Fixture.equalBackends;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static com.visiquate.ccproxy.routing.Floor.only;
import static com.visiquate.ccproxy.routing.Floor.startedOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.Fact;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever the work is, it waits and runs by the same rules. */
final class OtherWorkTest {
  private static final Counts EMBEDDED = new Counts(100, 0, 0, 0, 50_000_000L, 0);

  @Test
  void aSerialModelGetsOneSlotOnEachBackend() {
    Floor floor = new Floor(equalBackends(2, 4, bounds(10)));
    serial(floor, "b1");
    serial(floor, "b2");

    for (int i = 0; i < 4; i++) {
      floor.submit(work(i, embed("text " + i)), START);
    }

    assertThat(startedOn(List.copyOf(floor.starts()))).containsExactlyInAnyOrder("b1", "b2");
    assertThat(floor.finish(ended(0, floor), at(1))).hasSize(1);
  }

  @Test
  void aModelOfWhichNothingIsKnownGetsAllSlots() {
    Floor floor = new Floor(equalBackends(1, 4, bounds(10)));

    for (int i = 0; i < 4; i++) {
      floor.submit(work(i, embed("text " + i)), START);
    }

    assertThat(floor.starts()).hasSize(4);
  }

  @Test
  void aNewPlanForgetsNothingOfIt() {
    Floor floor = new Floor(equalBackends(1, 4, bounds(10)));
    serial(floor, "b1");
    floor.note(floor.scheduler().replan(equalBackends(1, 3, bounds(10)), START));

    floor.submit(work(1, embed("a")), START);
    floor.submit(work(2, embed("b")), START);

    assertThat(floor.starts()).hasSize(1);
  }

  @Test
  void noSlotIsKeptForSomebodyWhoEmbeds() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(10)));
    for (int i = 0; i < 20; i++) {
      floor.submit(work(i, embed("the same text")), at(i));
      assertThat(floor.starts()).as("the slot is free at once").hasSize(i + 1);
      floor.finish(ended(i, floor), at(i + 0.5));
    }
  }

  @Test
  void embeddingsSayNothingOfCachedPrefixes() {
    Floor floor = new Floor(equalBackends(1, 1, bounds(10)));
    floor.submit(work(1, embed("a")), START);

    List<RoutingEffect> effects = floor.scheduler().finished(ended(1, floor), at(1));

    assertThat(only(RoutingEffect.Note.class, effects))
        .extracting(RoutingEffect.Note::fact)
        .noneMatch(fact -> fact instanceof Fact.PrefixSeen);
  }

  @Test
  void aTextThatGoesOnFindsWhatItSharesWithTheLastOne() {
    Floor floor = new Floor(equalBackends(2, 1, bounds(10)));
    String head = "def f(x):\n    return x\n".repeat(200);
    RoutingEffect.Start first =
        only(RoutingEffect.Start.class, floor.submit(work(1, going(head)), START)).getFirst();
    floor.finish(ended(1, floor), at(1));

    List<RoutingEffect> next = floor.submit(work(2, going(head + "def g(")), at(2));

    RoutingEffect.Start second = only(RoutingEffect.Start.class, next).getFirst();
    assertThat(second.placement().backend()).isEqualTo(first.placement().backend());
    assertThat(second.estimate().cachedTokens()).isPositive();
  }

  private static void serial(Floor floor, String backend) {
    InstalledModel model = new InstalledModel("ollama-fast", "d", Set.of("embedding"), true);
    BackendStatus status =
        new BackendStatus(
            id(backend), Health.UP, "0.24.0", 4, 0, 0, 0, List.of(), List.of(model), "");
    floor.note(floor.scheduler().status(status, START));
  }

  private static Submission work(long number, ModelRequest request) {
    ClientId client = new ClientId("tester");
    return new Submission(exchange(number), 0, FAST, request, Priority.NORMAL, client, at(100_000));
  }

  private static Ended ended(long number, Floor floor) {
    RoutingEffect.Start start =
        floor.starts().stream()
            .filter(one -> one.submission().exchange().equals(exchange(number)))
            .findFirst()
            .orElseThrow();
    return new Ended(
        exchange(number), start.placement().backend(), Outcome.COMPLETED, EMBEDDED, null, false);
  }

  private static EmbedRequest embed(String text) {
    return new EmbedRequest("fast", List.of(text), null, true);
  }

  private static GenerateRequest going(String prompt) {
    return GenerateRequest.continuing("fast", prompt, Sampling.DEFAULT);
  }
}
