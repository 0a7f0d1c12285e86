package com.visiquate.ccproxy.backend.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.backend.House;
import com.visiquate.ccproxy.backend.ScriptedOllama;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.ollama.ReplyReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OllamaExchangeTest {
  private static final List<Departure> DEPARTURES =
      List.of(Departure.FINISHES, Departure.LOADS, Departure.STOPS);

  private static final Failure LOST = Failure.of(Kind.BACKEND_LOST, "lost");
  private final OllamaExchange exchange = exchange();

  @Test
  void completesOnlyWhenTheResponseHasEnded() {
    exchange.sent();
    exchange.answered(200, 0);
    exchange.read(done("all"), 10);
    assertThat(told(exchange.flush())).hasSize(2);
    assertThat(exchange.ended()).last().isEqualTo(new RunEffect.Free());
  }

  @Test
  void sendsTheLastWordsWithoutCredit() {
    exchange.sent();
    exchange.answered(200, 0);
    for (int i = 0; i < EventOutbox.FIRST_CREDIT; i++) {
      exchange.read(text("a"), i);
      exchange.flush();
    }
    exchange.read(done("z"), 99);
    assertThat(exchange.flush()).isEmpty();
    List<RunEffect> effects = exchange.ended();
    assertThat(effects.getFirst()).isInstanceOf(RunEffect.Say.class);
    assertThat(((RunEffect.End) effects.get(1)).outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void isCompleteWhenOnlyItsLastChunkIsMissing() {
    exchange.sent();
    exchange.answered(200, 0);
    exchange.read(done("all"), 1);
    assertThat(exchange.failed(LOST, "reset"))
        .anyMatch(e -> e instanceof RunEffect.End end && end.outcome() == Outcome.COMPLETED)
        .noneMatch(RunEffect.Break.class::isInstance);
  }

  @Test
  void losesNoPieceThatComesWithTheFailure() {
    exchange.sent();
    exchange.answered(200, 0);
    exchange.read(text("a"), 1);
    List<RunEffect> effects = told(exchange.read(error(), 1));
    assertThat(effects.get(1)).isInstanceOf(RunEffect.Say.class);
    assertThat(effects.getLast()).isInstanceOf(RunEffect.Break.class);
  }

  @Test
  void leavesNoGhostBeforeItsRequestWasSent() {
    assertThat(exchange.leave(Why.CLIENT_GONE, Departure.FINISHES))
        .contains(new RunEffect.Free())
        .noneMatch(e -> e instanceof RunEffect.End end && end.ghost());
  }

  @Test
  void settlesForTwoGapsAfterAMidStreamLeave() {
    exchange.sent();
    exchange.answered(200, 0);
    exchange.read(text("a"), 1_000);
    exchange.read(text("b"), 1_100);
    assertThat(exchange.leave(Why.CLIENT_GONE, Departure.FINISHES))
        .containsExactly(new RunEffect.Close(), new RunEffect.Settle(Duration.ofMillis(200)));
    assertThat(exchange.settled()).last().isEqualTo(new RunEffect.Free());
  }

  @Test
  void keepsAGhostOnlyUntilItsModelIsLoaded() {
    exchange.sent();
    exchange.leave(Why.CLIENT_GONE, Departure.LOADS);
    assertThat(exchange.isHauntingForLoad()).isTrue();
    assertThat(exchange.resident()).contains(new RunEffect.Settle(BatchEnd.POLL));
    assertThat(exchange.settled())
        .containsExactly(RunEffect.Exorcise.brokenOff(), new RunEffect.Free());
  }

  @Test
  void saysAllFromTheFirstWordOnToTheClientThatTakesItOver() {
    exchange.sent();
    exchange.answered(200, 0);
    exchange.read(text("a"), 1);
    exchange.flush();
    exchange.read(text("b"), 2);
    assertThat(exchange.takeOver(false)).isTrue();
    assertThat(exchange.flush())
        .containsExactly(
            new RunEffect.Begin(), new RunEffect.Say(List.of(new ChatEvent.Text("ab"))));
    exchange.read(done("c"), 3);
    assertThat(exchange.ended()).last().isEqualTo(new RunEffect.Free());
  }

  @Test
  void isNoGhostAnyMoreWhenItIsTakenOver() {
    exchange.sent();
    exchange.leave(Why.CLIENT_GONE, Departure.FINISHES);
    assertThat(exchange.takeOver(false)).isTrue();
    assertThat(exchange.answered(200, 5)).containsExactly(new RunEffect.Well());
  }

  @Test
  void cannotBeTakenOverOnceItsConnectionIsClosed() {
    exchange.sent();
    exchange.leave(Why.CLIENT_GONE, Departure.STOPS);
    assertThat(exchange.takeOver(false)).isFalse();
    exchange.settled();
    assertThat(exchange.takeOver(false)).isFalse();
  }

  @Test
  void endsExactlyOnceWhateverHappens() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      List<RunEffect> all = live(exchange(), random);
      assertThat(all).as("seed %d, exchange %d", seed, i).last().isEqualTo(new RunEffect.Free());
      assertThat(count(all, RunEffect.Free.class)).as("seed %d", seed).isEqualTo(1);
      long ends = count(all, RunEffect.End.class) + count(all, RunEffect.Lose.class);
      assertThat(ends).as("seed %d, exchange %d: %s", seed, i, all).isEqualTo(1);
      long ghosts = all.stream().filter(e -> e instanceof RunEffect.End end && end.ghost()).count();
      assertThat(count(all, RunEffect.Exorcise.class)).as("seed %d", seed).isEqualTo(ghosts);
      assertThat(count(all, RunEffect.Break.class)).as("seed %d", seed).isBetween(0L, 1L);
      assertClientKnowsNothingOfALoss(all, seed);
    }
  }

  private static void assertClientKnowsNothingOfALoss(List<RunEffect> all, long seed) {
    if (count(all, RunEffect.Lose.class) > 0) {
      assertThat(all)
          .as("seed %d", seed)
          .noneMatch(e -> e instanceof RunEffect.Say || e instanceof RunEffect.Break);
    }
    int broke = indexOf(all, RunEffect.Break.class);
    assertThat(all.subList(broke + 1, all.size()).stream().filter(e -> broke >= 0))
        .as("seed %d", seed)
        .noneMatch(RunEffect.Say.class::isInstance);
  }

  /** Random events, then the two that end everything; those after the end must do nothing. */
  private static List<RunEffect> live(OllamaExchange exchange, Random random) {
    List<RunEffect> all = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 12; i++) {
      now += random.nextInt(100);
      all.addAll(step(exchange, random, now));
    }
    all.addAll(exchange.shutDown(Failure.of(Kind.SHUTTING_DOWN, "end")));
    all.addAll(exchange.shutDown(Failure.of(Kind.SHUTTING_DOWN, "end")));
    return all;
  }

  private static List<RunEffect> step(OllamaExchange exchange, Random random, long now) {
    Departure rule = DEPARTURES.get(random.nextInt(3));
    return switch (random.nextInt(14)) {
      case 0, 1 -> {
        exchange.sent();
        yield List.of();
      }
      case 2, 3 -> exchange.answered(random.nextInt(4) == 0 ? 500 : 200, now);
      case 4, 5 -> exchange.read(text("t"), now);
      case 6 -> exchange.read(done("end"), now);
      case 7 -> exchange.flush();
      case 8 -> exchange.ended();
      case 9 -> exchange.failed(LOST, "reset");
      case 10 -> exchange.leave(Why.CLIENT_GONE, rule);
      case 11 -> exchange.late(List.of(Limit.values()).get(random.nextInt(3)), rule);
      case 12 -> exchange.settled();
      default -> exchange.read(error(), now);
    };
  }

  private static OllamaExchange exchange() {
    ChatRequest request = ChatRequest.of("m", List.of(new Message.User("hello")));
    return new OllamaExchange(House.MODEL, new ReplyReader(request), false);
  }

  private static List<RunEffect> told(List<RunEffect> effects) {
    return effects.stream().filter(RunEffect.Told.class::isInstance).toList();
  }

  private static long count(List<RunEffect> all, Class<? extends RunEffect> kind) {
    return all.stream().filter(kind::isInstance).count();
  }

  private static int indexOf(List<RunEffect> all, Class<? extends RunEffect> kind) {
    return all.stream().map(Object::getClass).toList().indexOf(kind);
  }

  private static byte[] text(String text) {
    return ScriptedOllama.Caller.TEXT.formatted(text).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] error() {
    return "{\"error\":\"x\"}\n".getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] done(String text) {
    return ScriptedOllama.Caller.DONE.formatted(text).getBytes(StandardCharsets.UTF_8);
  }
}
