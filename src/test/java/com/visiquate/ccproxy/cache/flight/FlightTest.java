package com.visiquate.ccproxy.cache.flight;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.CacheMessage.Told;
import com.visiquate.ccproxy.bus.CacheMessage.Use;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that several hear: each gets all of it, in order, at its own pace, or is told why not. */
final class FlightTest {
  private static final int OURS = 9;
  private static final Placement AT =
      new Placement(new BackendId("gpu-1"), new ModelName("qwen"), 1, Duration.ZERO);

  private final Map<String, List<ToIngress>> heard = new HashMap<>();
  private final List<FlightEffect> others = new ArrayList<>();

  @Test
  void onlyOneRunBeginsAndAllHearIt() {
    Flight flight = lead("a", false);
    apply(flight.heard(new Answered(id("a"), admitted())));
    apply(flight.heard(said("a", "one ")));
    apply(flight.join(submit("b", false), told("b")));
    apply(flight.join(submit("c", true), told("c")));
    apply(flight.heard(said("a", "two ")));
    apply(flight.heard(end("a")));
    assertThat(text("a")).isEqualTo("one two .");
    assertThat(text("b")).isEqualTo("one two .");
    assertThat(text("c")).isEqualTo("one two .");
    assertThat(heardBy("c").stream().filter(Said.class::isInstance)).hasSize(1);
    assertThat(heardBy("b").get(1)).isEqualTo(new Answered(id("b"), admitted()));
    assertThat(begun()).hasSize(1);
    assertThat(others).anyMatch(FlightEffect.Complete.class::isInstance);
  }

  @Test
  void goesOnWithoutItsFirstListener() {
    Flight flight = lead("a", false);
    apply(flight.join(submit("b", false), told("b")));
    apply(flight.heard(said("a", "one ")));
    apply(flight.leave(id("a"), Why.CLIENT_GONE));
    apply(flight.heard(end("a")));
    assertThat(text("b")).isEqualTo("one .");
    assertThat(others).noneMatch(FlightEffect.GiveUp.class::isInstance);
  }

  @Test
  void isGivenUpWithTheLastOne() {
    Flight flight = lead("a", false);
    apply(flight.join(submit("b", false), told("b")));
    apply(flight.leave(id("b"), Why.CLIENT_GONE));
    apply(flight.leave(id("a"), Why.TIMEOUT));
    assertThat(others).contains(new FlightEffect.GiveUp(id("a"), Why.TIMEOUT));
  }

  @Test
  void whoStallsHoldsUpNobody() {
    Flight flight = lead("a", false);
    apply(flight.join(submit("b", false), told("b")));
    for (int i = 0; i < 500; i++) {
      apply(flight.heard(said("a", i + " ")));
      apply(flight.credit(id("b"), 1));
    }
    assertThat(heardBy("a").stream().filter(Said.class::isInstance)).hasSize(Listener.FIRST_CREDIT);
    assertThat(heardBy("b").stream().filter(Said.class::isInstance)).hasSize(500);
    assertThat(paid()).isEqualTo(500);
    apply(flight.heard(end("a")));
    assertThat(text("a")).isEqualTo(text("b"));
  }

  @Test
  void whoStallsAloneHoldsUpItsRun() {
    Flight flight = lead("a", false);
    IntStream.range(0, 200).forEach(i -> apply(flight.heard(said("a", i + " "))));
    assertThat(paid()).isEqualTo(Listener.FIRST_CREDIT);
  }

  @Test
  void aBreakIsToldToThoseWhoHaveHeardAndHiddenFromTheOthers() {
    Flight flight = lead("a", false);
    apply(flight.join(submit("b", true), told("b")));
    apply(flight.join(submit("c", true), told("c")));
    apply(flight.heard(said("a", "one ")));
    apply(flight.heard(broke("a")));
    assertThat(heardBy("a").getLast()).isInstanceOf(Broke.class);
    assertThat(heardBy("b")).noneMatch(Broke.class::isInstance);
    ExchangeId again = begun().getLast().exchange();
    assertThat(again).isEqualTo(id("b").again(2));
    apply(flight.heard(end(again.value())));
    assertThat(text("b")).isEqualTo(".");
    assertThat(text("c")).isEqualTo(".");
  }

  @Test
  void doesNotBeginAnewForEver() {
    Flight flight = lead("a", true);
    for (int i = 0; i < 3; i++) {
      String run = begun().getLast().exchange().value();
      apply(flight.heard(said(run, "one ")));
      apply(flight.heard(broke(run)));
    }
    assertThat(begun()).hasSize(3);
    assertThat(heardBy("a").getLast()).isInstanceOf(Broke.class);
  }

  @Test
  void aRefusalIsToldToAll() {
    Flight flight = lead("a", false);
    apply(flight.join(submit("b", true), told("b")));
    Refused refused = new Refused(Failure.shuttingDown(), 0, Duration.ZERO);
    apply(flight.heard(new Answered(id("a"), refused)));
    assertThat(heardBy("a").getLast()).isEqualTo(new Answered(id("a"), refused));
    assertThat(heardBy("b").getLast()).isEqualTo(new Answered(id("b"), refused));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void eachHearsAllInOrderWhateverTheOthersDo(long seed) {
    Random random = new Random(seed);
    Flight flight = lead("0", random.nextBoolean());
    Map<String, Boolean> here = new LinkedHashMap<>(Map.of("0", true));
    int messages = 200 + random.nextInt(300);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < messages; i++) {
      if (random.nextInt(10) == 0 && flight.isOpen()) {
        String name = Integer.toString(i + 1);
        here.put(name, true);
        apply(flight.join(submit(name, random.nextBoolean()), told(name)));
      }
      String one = List.copyOf(here.keySet()).get(random.nextInt(here.size()));
      if (here.size() > 1 && random.nextInt(30) == 0) {
        here.remove(one);
        apply(flight.leave(id(one), Why.CLIENT_GONE));
      } else if (random.nextInt(3) == 0) {
        apply(flight.credit(id(one), random.nextInt(20)));
      }
      all.append(i).append(' ');
      apply(flight.heard(said("0", i + " ")));
    }
    apply(flight.heard(end("0")));
    here.keySet().forEach(name -> assertThat(text(name)).isEqualTo(all + "."));
    assertThat(paid()).isLessThanOrEqualTo(messages);
  }

  private Flight lead(String name, boolean whole) {
    Flight flight = new Flight(submit(name, whole), OURS, 1 << 20);
    apply(flight.begin(Optional.of(told(name))));
    return flight;
  }

  private void apply(List<FlightEffect> effects) {
    for (FlightEffect effect : effects) {
      if (effect instanceof FlightEffect.Tell(int ingress, ToIngress message)) {
        heard.computeIfAbsent(message.exchange().value(), none -> new ArrayList<>()).add(message);
      } else {
        others.add(effect);
      }
    }
  }

  private List<ToIngress> heardBy(String name) {
    return heard.getOrDefault(name, List.of());
  }

  private List<Submit> begun() {
    return others.stream()
        .filter(FlightEffect.Begin.class::isInstance)
        .map(effect -> ((FlightEffect.Begin) effect).run())
        .toList();
  }

  private int paid() {
    return others.stream()
        .filter(FlightEffect.Pay.class::isInstance)
        .mapToInt(effect -> ((FlightEffect.Pay) effect).messages())
        .sum();
  }

  private String text(String name) {
    StringBuilder text = new StringBuilder();
    for (ToIngress message : heardBy(name)) {
      if (message instanceof Said said) {
        said.events()
            .forEach(
                event ->
                    text.append(event instanceof ChatEvent.Text(var more, var none) ? more : "."));
      }
    }
    return text.toString();
  }

  private static ExchangeId id(String name) {
    return new ExchangeId(name);
  }

  private static Submit submit(String name, boolean whole) {
    return new Submit(
        id(name),
        1,
        ChatRequest.of("qwen", List.of()),
        null,
        new ClientId("client"),
        Instant.MAX,
        FallbackOptions.NONE,
        whole);
  }

  private static Told told(String name) {
    return new Told(id(name), Use.JOINED, "key", Duration.ZERO, Duration.ZERO);
  }

  private static Admitted admitted() {
    return new Admitted(new ModelName("qwen"), 0, Duration.ZERO);
  }

  private static Said said(String run, String text) {
    return new Said(id(run), AT, List.of(new ChatEvent.Text(text)));
  }

  private static Said end(String run) {
    return new Said(id(run), AT, List.of(new ChatEvent.Finished(FinishReason.STOP, Counts.NONE)));
  }

  private static Broke broke(String run) {
    return new Broke(id(run), AT, Failure.bug(), Outcome.BACKEND_ERROR);
  }
}
