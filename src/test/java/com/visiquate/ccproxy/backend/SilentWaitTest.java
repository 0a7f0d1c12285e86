package com.visiquate.ccproxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The invariant that makes the queue ours: no request ever waits inside Ollama. */
@Timeout(120)
final class SilentWaitTest {
  private static final ModelSpec CODER = House.model("qwen2.5-coder:7b-instruct");
  private static final int EXCHANGES = 15;
  private final Vertx vertx = Vertx.vertx();

  /** Nothing ends before it is open, however slow this machine is. */
  private volatile Gate gate = new Gate();

  @AfterEach
  void end() {
    Waits.done(vertx.close());
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void neverHappensWhereverClientsLeave(Generation generation) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Simulator ollama = simulator(generation);
    House house = house(ollama);
    for (int i = 0; i < EXCHANGES; i++) {
      gate = new Gate();
      String prompt = ("seed " + seed + " exchange " + i + " ").repeat(40);
      assertThat(house.start("x" + i, CODER, prompt, Instant.MAX))
          .as("seed %d, exchange %d", seed, i)
          .isInstanceOf(Started.class);
      assertThat(house.start("y" + i)).isInstanceOf(NoRoom.class);
      gate.open();
      live(house, "x" + i, random.nextInt(3));
    }
    assertThat(ollama.seen().silentWaits()).as("seed %d", seed).isZero();
    assertThat(ollama.seen().peaks().values()).as("seed %d", seed).allMatch(peak -> peak <= 1);
  }

  /** Until the slot is free again. */
  private static void live(House house, String exchange, int phase) {
    if (phase == 0) {
      house.stop(exchange);
    }
    SlotReport report = house.report();
    while (!isFree(report)) {
      if (phase == 1 && report instanceof FirstToken) {
        house.stop(exchange);
      }
      report = house.report();
    }
  }

  private static boolean isFree(SlotReport report) {
    return report instanceof GhostGone || (report instanceof Ended ended && !ended.ghost());
  }

  @Test
  void comesBackAfterItsServerWasKilled() {
    Simulator ollama = simulator(Generation.OLDER);
    House house = house(ollama);
    Waits.done(ollama.kill());
    house.until(s -> s.health() == Health.DOWN);
    Waits.done(ollama.restart());
    house.until(s -> s.health() == Health.UP);
    gate.open();
    assertThat(house.start("x", CODER, Instant.MAX)).isInstanceOf(Started.class);
    live(house, "x", 2);
    assertThat(house.until(s -> !s.loaded().isEmpty()).loadedNames()).contains(CODER.ollama());
  }

  private Simulator simulator(Generation generation) {
    Profile profile = Profile.demo().scaled(40).withGeneration(generation);
    return Waits.done(Simulator.start(vertx, profile))
        .script(ask -> Optional.of(Script.of(new Step.Hold(gate)).then(Script.tokens(40))));
  }

  private House house(Simulator ollama) {
    House house = new House(vertx, URI.create(ollama.url()), Limits.DEFAULT);
    house.until(s -> s.health() == Health.UP);
    return house;
  }
}
