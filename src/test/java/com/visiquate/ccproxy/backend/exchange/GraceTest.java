package com.visiquate.ccproxy.backend.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.backend.House;
import com.visiquate.ccproxy.backend.ScriptedOllama;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.ollama.ReplyReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What runs goes on for a while when its client's time is over. */
final class GraceTest {
  private static final Failure LOST = Failure.of(Kind.BACKEND_LOST, "lost");
  private static final RunEffect GHOST = new RunEffect.End(Outcome.TIMEOUT, Counts.NONE, true);
  private static final RunEffect WAIT = new RunEffect.Settle(Grace.RETURN);

  private static final List<Departure> RULES =
      List.of(Departure.FINISHES, Departure.LOADS, Departure.STOPS);

  private final Grace run = run();

  @ParameterizedTest
  @EnumSource(Departure.Kind.class)
  void goesOnInThePromptWhateverAnOllamaDoesWithThoseThatLeave(Departure.Kind kind) {
    Departure rule = new Departure(kind, BatchEnd.POLL);
    run.sent();
    assertThat(run.late(Limit.TOTAL, rule))
        .containsExactly(new RunEffect.Break(Limit.TOTAL.failure(), Outcome.TIMEOUT), GHOST, WAIT);
    assertThat(run.takeOver(false)).isTrue();
    run.answered(200, 1);
    run.read(text("a"), 2);
    assertThat(run.flush())
        .containsExactly(
            new RunEffect.Begin(), new RunEffect.Say(List.of(new ChatEvent.Text("a"))));
  }

  @Test
  void goesOnInTheAnswerAndIsHeardFromTheFirstWordOn() {
    speak("a");
    run.flush();
    assertThat(run.late(Limit.TOTAL, Departure.FINISHES)).contains(GHOST, WAIT);
    assertThat(run.read(text("b"), 3)).isEmpty();
    assertThat(run.flush()).isEmpty();
    assertThat(run.takeOver(false)).isTrue();
    assertThat(run.flush())
        .containsExactly(
            new RunEffect.Begin(), new RunEffect.Say(List.of(new ChatEvent.Text("ab"))));
  }

  @Test
  void theSameWhenItsClientLeavesBecauseItsOwnTimeIsOver() {
    run.sent();
    assertThat(run.leave(Why.TIMEOUT, Departure.STOPS))
        .containsExactly(new RunEffect.End(Outcome.CLIENT_GONE, Counts.NONE, true), WAIT);
    assertThat(run.leave(Why.CLIENT_GONE, Departure.STOPS)).isEmpty();
    assertThat(run.late(Limit.TOTAL, Departure.STOPS)).isEmpty();
  }

  @Test
  void stopsWhenNobodyComesBackAndSaysHowFarItWas() {
    run.sent();
    run.late(Limit.TOTAL, Departure.STOPS);
    assertThat(run.settled(Departure.STOPS))
        .containsExactly(new RunEffect.Close(), new RunEffect.Settle(BatchEnd.POLL));
    assertThat(run.settled(Departure.STOPS))
        .containsExactly(RunEffect.Exorcise.brokenOff(), new RunEffect.Free());
  }

  @Test
  void hauntsWhereAPromptCannotBeStopped() {
    run.sent();
    run.late(Limit.TOTAL, Departure.FINISHES);
    assertThat(run.settled(Departure.FINISHES))
        .hasSize(1)
        .first()
        .isInstanceOf(RunEffect.Settle.class);
    assertThat(run.answered(200, 5)).contains(new RunEffect.Close());
    assertThat(run.settled(Departure.FINISHES))
        .containsExactly(new RunEffect.Exorcise(), new RunEffect.Free());
  }

  @Test
  void leavesNothingBehindWhenItEndsUnheard() {
    speak("a");
    run.late(Limit.TOTAL, Departure.FINISHES);
    assertThat(run.ended()).containsExactly(new RunEffect.Exorcise(), new RunEffect.Free());
    assertThat(run.takeOver(false)).isFalse();
  }

  @Test
  void aLimitOfSilenceIsTheFaultOfTheRun() {
    run.sent();
    assertThat(run.late(Limit.FIRST_TOKEN, Departure.STOPS)).contains(new RunEffect.Close());
  }

  @Test
  void endsExactlyOnceWhateverHappens() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      List<RunEffect> all = live(run(), random);
      assertThat(all).as("seed %d, run %d", seed, i).last().isEqualTo(new RunEffect.Free());
      assertThat(count(all, RunEffect.Free.class)).as("seed %d", seed).isEqualTo(1);
      assertThat(count(all, RunEffect.End.class) + count(all, RunEffect.Lose.class))
          .as("seed %d, run %d: %s", seed, i, all)
          .isEqualTo(1);
      long ghosts = all.stream().filter(e -> e instanceof RunEffect.End end && end.ghost()).count();
      assertThat(count(all, RunEffect.Exorcise.class))
          .as("seed %d, run %d: %s", seed, i, all)
          .isEqualTo(ghosts);
    }
  }

  private static List<RunEffect> live(Grace run, Random random) {
    List<RunEffect> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.addAll(step(run, random, 10L * i));
    }
    for (int i = 0; i < 2; i++) {
      all.addAll(run.shutDown(Failure.of(Kind.SHUTTING_DOWN, "end")));
    }
    return all;
  }

  private static List<RunEffect> step(Grace run, Random random, long now) {
    Departure rule = RULES.get(random.nextInt(3));
    return switch (random.nextInt(12)) {
      case 0, 1 -> {
        run.sent();
        yield List.of();
      }
      case 2, 3 -> run.answered(random.nextInt(4) == 0 ? 500 : 200, now);
      case 4 -> run.read(text("t"), now);
      case 5 -> run.read(text("x"), now).isEmpty() ? run.flush() : List.of();
      case 6 -> run.ended();
      case 7 -> run.failed(LOST, "reset");
      case 8 -> run.leave(List.of(Why.values()).get(random.nextInt(4)), rule);
      case 9, 10 -> run.late(List.of(Limit.values()).get(random.nextInt(3)), rule);
      default -> run.settled(rule);
    };
  }

  private void speak(String words) {
    run.sent();
    run.answered(200, 0);
    run.read(text(words), 1);
  }

  private static Grace run() {
    ChatRequest request = ChatRequest.of("m", List.of(new Message.User("hello")));
    return new Grace(new OllamaExchange(House.MODEL, new ReplyReader(request), false));
  }

  private static long count(List<RunEffect> all, Class<? extends RunEffect> kind) {
    return all.stream().filter(kind::isInstance).count();
  }

  private static byte[] text(String text) {
    return ScriptedOllama.Caller.TEXT.formatted(text).getBytes(StandardCharsets.UTF_8);
  }
}
