package com.visiquate.ccproxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.bus.WarmupMessage.Warmed;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts that go on and texts that are embedded run in the same slots as chats. */
@Timeout(60)
final class OtherWorkTest {
  private static final ModelSpec EMBEDDER = House.model("nomic-embed-text");
  private static final ModelSpec CODER = House.model("qwen2.5-coder:7b-instruct");
  private static final ModelSpec OLD_VISION = House.model("old-vision");
  private static final EmbedRequest TEXTS = new EmbedRequest("e", List.of("a", "b"), 4, true);

  private final Vertx vertx = Vertx.vertx();
  private Simulator ollama;
  private House house;

  @BeforeEach
  void begin() {
    List<SimulatedModel> models = new ArrayList<>(Profile.demo().models());
    models.add(SimulatedModel.plain("old-vision", Capability.COMPLETION).withFamily("mllama"));
    Profile profile = Profile.demo().scaled(40).withSlots(4).withModels(models);
    ollama = Waits.done(Simulator.start(vertx, profile));
    house = new House(vertx, URI.create(ollama.url()), Limits.DEFAULT, 4);
    house.until(
        s ->
            s.health() == Health.UP
                && !s.installed().isEmpty()
                && s.installed().stream().noneMatch(one -> one.capabilities().isEmpty()));
  }

  @AfterEach
  void end() {
    Waits.done(vertx.close());
  }

  @Test
  void embedsAndReportsWhatItCost() {
    assertThat(start("x", EMBEDDER, TEXTS)).isInstanceOf(Started.class);

    List<ChatEvent> events = ((Said) house.client()).events();

    assertThat(events).hasSize(2);
    assertThat(((ChatEvent.Embedded) events.getFirst()).embeddings())
        .hasSize(2)
        .allMatch(one -> one.size() == 4);
    assertThat(house.report()).isInstanceOf(FirstToken.class);
    Ended ended = (Ended) house.report();
    assertThat(ended.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(ended.counts().promptTokens()).isPositive();
    assertThat(ended.answer()).isNull();
    assertThat(ollama.seen().requests("/api/embed")).isEqualTo(1);
  }

  @Test
  void anEmbeddingModelHasOneSlotWhateverIsConfigured() {
    assertThat(start("x", EMBEDDER, TEXTS)).isInstanceOf(Started.class);

    assertThat(start("y", EMBEDDER, TEXTS)).isInstanceOf(NoRoom.class);
    assertThat(ollama.seen().silentWaits()).isZero();
  }

  @Test
  void aModelThatOllamaRunsAloneHasOneSlotToo() {
    assertThat(start("x", OLD_VISION, going("one"))).isInstanceOf(Started.class);

    assertThat(start("y", OLD_VISION, going("two"))).isInstanceOf(NoRoom.class);
  }

  @Test
  void otherModelsHaveAllSlots() {
    assertThat(start("x", CODER, going("one"))).isInstanceOf(Started.class);

    assertThat(start("y", CODER, going("two"))).isInstanceOf(Started.class);
  }

  @Test
  void aTextGoesOnPieceByPiece() {
    start("x", CODER, going("Once upon a time"));

    SlotReport report = house.report();
    while (!(report instanceof Ended)) {
      report = house.report();
    }

    assertThat(((Ended) report).outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(ollama.seen().requests("/api/generate")).isEqualTo(1);
  }

  @Test
  void whatAModelCannotDoIsNotSent() {
    start("x", EMBEDDER, going("one"));

    Lost lost = (Lost) house.report();
    assertThat(lost.failure().kind()).isEqualTo(Failure.Kind.INVALID);
    assertThat(lost.elsewhere()).isFalse();
    assertThat(ollama.seen().requests("/api/generate")).isZero();
  }

  @Test
  void anEmbeddingModelIsWarmedWithoutAChat() {
    assertThat(house.warm(EMBEDDER)).isInstanceOf(Warmed.class);

    house.until(s -> s.loadedNames().contains("nomic-embed-text:latest"));
    assertThat(ollama.seen().requests("/api/chat")).isZero();
  }

  private Object start(String exchange, ModelSpec model, ModelRequest request) {
    return house.start(exchange, model, request, Instant.MAX);
  }

  private static GenerateRequest going(String prompt) {
    return GenerateRequest.continuing("c", prompt, Sampling.DEFAULT.withMaxTokens(20));
  }
}
