package com.visiquate.ccproxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.LoggedBugs;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.bus.BusMessage.Stop;
import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A bug ends one exchange, and no slot is lost: there is just one, which the next exchange gets.
 * The bug is something absent where nothing may be.
 */
@Timeout(60)
@SuppressWarnings("NullAway") // a null where there must be none is the bug
final class BackendBugTest {
  private final LoggedBugs bugs = new LoggedBugs();
  private Vertx vertx;
  private ScriptedOllama ollama;
  private House house;

  @BeforeEach
  void begin() {
    vertx = Vertx.vertx();
    ollama = new ScriptedOllama(vertx);
    house = new House(vertx, ollama.url(), Limits.DEFAULT);
    house.until(s -> s.health() == Health.UP && !s.loaded().isEmpty());
  }

  @AfterEach
  void end() {
    Waits.done(vertx.close());
    bugs.close();
  }

  @Test
  void losesWhatItCannotEvenBegin() {
    assertThat(house.start("bad", House.MODEL, null, Instant.MAX, null))
        .isInstanceOf(Started.class);
    assertLost();
    assertSlotIsFree();
    assertLogged("Start");
  }

  @Test
  void losesWhatBreaksWhenItBegins() {
    assertThat(house.start("bad", House.MODEL, (Instant) null)).isInstanceOf(Started.class);
    assertLost();
    assertSlotIsFree();
    assertLogged("Start");
  }

  @Test
  void losesWhatHasNotSpoken() {
    house.start("bad");
    ollama.next();
    house.control(new Stop(new ExchangeId("bad"), null));
    assertLost();
    assertSlotIsFree();
    assertLogged("Stop");
  }

  @Test
  void breaksOffWhatHasSpoken() {
    house.start("bad");
    ollama.next().begin().text("a");
    assertThat(house.client()).isInstanceOf(Said.class);
    assertThat(house.report()).isInstanceOf(FirstToken.class);
    house.control(new Stop(new ExchangeId("bad"), null));
    Broke broke = (Broke) house.client();
    assertThat(broke.failure().kind()).isEqualTo(Kind.INTERNAL);
    assertThat(((Ended) house.report()).outcome()).isEqualTo(Outcome.BACKEND_ERROR);
    assertSlotIsFree();
    assertLogged("Stop");
  }

  /** Whatever is loaded counts as a model that runs, so that no other one had room beside it. */
  @Test
  void failsALoadAtOnceAndGoesOn() {
    ModelSpec broken =
        new ModelSpec(
            new ModelName("broken"), "broken", 4096, List.of(House.ID), true, null, Map.of());
    assertThat(Waits.done(house.askWarm(broken).map(reply -> false).otherwise(cause -> true)))
        .isTrue();
    assertSlotIsFree();
    assertThat(bugs.lines()).containsExactly("record=Warm");
  }

  private void assertLost() {
    Lost lost = (Lost) house.report();
    assertThat(lost.exchange()).isEqualTo(new ExchangeId("bad"));
    assertThat(lost.failure().kind()).isEqualTo(Kind.INTERNAL);
    assertThat(lost.elsewhere()).isFalse();
  }

  private void assertSlotIsFree() {
    assertThat(house.start("good")).isInstanceOf(Started.class);
    ScriptedOllama.Caller caller = ollama.next();
    caller.begin().done("all").end();
    assertThat(house.report()).isInstanceOf(FirstToken.class);
    assertThat(((Ended) house.report()).outcome()).isEqualTo(Outcome.COMPLETED);
  }

  private void assertLogged(String record) {
    assertThat(bugs.lines()).containsExactly("exchange=bad record=" + record);
  }
}
