package com.visiquate.ccproxy.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.engine.Run.Phase;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.request.Claim;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Speech;
import com.visiquate.ccproxy.simulator.speech.Utterance;
import com.visiquate.ccproxy.simulator.wire.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten tokens a second out, a hundred in, a load of one second; time is a number here. */
final class EngineTest {
  private static final long SECOND = 1_000_000_000L;
  private static final SimulatedModel ONE = model("one");
  private static final SimulatedModel TWO = model("two");
  private static final SimulatedModel THREE = model("three");

  private final Ledger ledger = new Ledger();
  private final List<String> heard = new ArrayList<>();

  @Test
  void loadsThenReadsThenSpeaksAtTheModelsRates() {
    Engine engine = engine(profile());
    submit(engine, ONE, 100, 10, 0);
    engine.advance(SECOND * 19 / 10);
    assertThat(heard).isEmpty();
    engine.advance(SECOND * 2);
    assertThat(heard).containsExactly("line");
    engine.advance(SECOND * 5 / 2);
    assertThat(heard).hasSize(6);
    engine.advance(SECOND * 3 + 1000);
    assertThat(heard).hasSize(11).last().isEqualTo("stop 11");
    assertThat(engine.idle()).isTrue();
  }

  @Test
  void lateCallsLoseNothing() {
    Engine engine = engine(profile());
    submit(engine, ONE, 100, 10, 0);
    engine.advance(SECOND);
    engine.advance(SECOND * 4);
    assertThat(heard).last().isEqualTo("stop 11");
  }

  @Test
  void oneSlotMakesTheSecondWaitInSilence() {
    Engine engine = warm(profile());
    Run first = submit(engine, ONE, 100, 10, SECOND);
    Run second = submit(engine, ONE, 100, 10, SECOND);
    assertThat(first.phase()).isEqualTo(Phase.PROMPT);
    assertThat(second.phase()).isEqualTo(Phase.WAITING);
    assertThat(ledger.seen().silentWaits()).isEqualTo(1);
    engine.leave(second, SECOND);
    assertThat(ledger.seen().aborts().waiting()).isEqualTo(1);
  }

  @Test
  void aPromptStallsTheOtherSlotsAnswer() {
    Engine engine = warm(profile().withSlots(2).withCrowding(0));
    submit(engine, ONE, 100, 30, SECOND);
    engine.advance(SECOND * 2);
    submit(engine, ONE, 200, 1, SECOND * 2);
    int before = heard.size();
    engine.advance(SECOND * 7 / 2);
    assertThat(heard).hasSize(before);
  }

  @Test
  void runningAnswersShareTheRate() {
    Engine engine = warm(profile().withSlots(2).withCrowding(1));
    submit(engine, ONE, 1, 100, SECOND);
    submit(engine, ONE, 1, 100, SECOND);
    engine.advance(SECOND * 2);
    int before = heard.size();
    engine.advance(SECOND * 4);
    assertThat(heard.size() - before).isBetween(19, 21);
  }

  @Test
  void anAbandonedPromptOfTheOlderLineKeepsItsSlotToTheEnd() {
    Engine engine = warm(profile().withGeneration(Generation.OLDER));
    Run ghost = submit(engine, ONE, 1000, 5, SECOND);
    engine.leave(ghost, SECOND * 2);
    Run next = submit(engine, ONE, 10, 5, SECOND * 2);
    engine.advance(SECOND * 10);
    assertThat(next.phase()).isEqualTo(Phase.WAITING);
    engine.advance(SECOND * 12);
    assertThat(next.phase()).isNotEqualTo(Phase.WAITING);
    assertThat(ledger.seen().aborts().prompt()).isEqualTo(1);
  }

  @Test
  void leavingInMidStreamFreesTheSlotAtOnce() {
    Engine engine = warm(profile());
    Run left = submit(engine, ONE, 10, 500, SECOND);
    Run next = submit(engine, ONE, 10, 5, SECOND);
    engine.advance(SECOND * 2);
    engine.leave(left, SECOND * 2);
    assertThat(next.phase()).isEqualTo(Phase.PROMPT);
    assertThat(ledger.seen().aborts().streaming()).isEqualTo(1);
  }

  @Test
  void anAbandonedLoadIsGivenUpAndTheNextOneStartsAnew() {
    Engine engine = engine(profile());
    Run left = submit(engine, ONE, 10, 5, 0);
    Run next = submit(engine, ONE, 10, 5, 0);
    engine.leave(left, SECOND / 2);
    engine.advance(SECOND);
    assertThat(next.phase()).isEqualTo(Phase.LOADING);
    engine.advance(SECOND * 3 / 2);
    assertThat(next.phase()).isEqualTo(Phase.PROMPT);
    assertThat(ledger.seen().models().loadsAborted()).isEqualTo(1);
  }

  @Test
  void aFullLoadQueueIsRefusedAtOnce() {
    Engine engine = engine(profile().withMaxQueue(0));
    submit(engine, ONE, 10, 5, 0);
    submit(engine, TWO, 10, 5, 0);
    submit(engine, THREE, 10, 5, 0);
    assertThat(heard).containsExactly("failed 503");
  }

  @Test
  void roomForOneEvictsTheIdleAndWaitsForTheBusy() {
    Engine engine = warm(profile().withMaxLoaded(1));
    submit(engine, ONE, 10, 20, SECOND);
    Run other = submit(engine, TWO, 10, 5, SECOND);
    engine.advance(SECOND * 2);
    assertThat(other.phase()).isEqualTo(Phase.LOADING);
    engine.advance(SECOND * 4);
    engine.advance(SECOND * 6);
    assertThat(other.phase()).isIn(Phase.STREAMING, Phase.ENDED);
    assertThat(ledger.seen().models().evictions()).isEqualTo(1);
  }

  @Test
  void otherLoadOptionsReload() {
    Engine engine = warm(profile());
    Claim wider = new Claim(ONE, new Ask.LoadOptions("", true), 8192, Optional.empty());
    Run run = new Run(wider, speech(1), new int[] {1}, new Heard(), SECOND);
    engine.submit(run, SECOND);
    assertThat(run.phase()).isEqualTo(Phase.LOADING);
    assertThat(ledger.seen().models().reloads()).isEqualTo(1);
  }

  @Test
  void anIdleModelExpires() {
    Engine engine = warm(profile().withKeepAlive(Duration.ofSeconds(10)));
    assertThat(engine.residency().loaded(SECOND * 10)).hasSize(1);
    assertThat(engine.residency().loaded(SECOND * 12)).isEmpty();
  }

  @Test
  void aConversationGoesOnCheaply() {
    Engine engine = warm(profile());
    submit(engine, ONE, 100, 5, SECOND);
    engine.advance(SECOND * 9);
    submit(engine, ONE, 120, 5, SECOND * 9);
    assertThat(ledger.seen().promptTokens()).isEqualTo(new Seen.PromptTokens(100, 120));
  }

  private static SimulatedModel model(String name) {
    return SimulatedModel.plain(name, Capability.COMPLETION)
        .withRates(100, 10)
        .withLoad(Duration.ofSeconds(1));
  }

  private static Profile profile() {
    return Profile.demo().withModels(ONE, TWO, THREE).withCrowding(0.5);
  }

  private Engine engine(Profile profile) {
    return new Engine(profile, ledger, 0);
  }

  /** Loaded at one second, and nothing heard. */
  private Engine warm(Profile profile) {
    Engine engine = engine(profile);
    engine.submit(new Run(claim(ONE), speech(1), Run.LOAD_ONLY, new Heard(), 0), 0);
    engine.advance(SECOND);
    heard.clear();
    return engine;
  }

  private Run submit(Engine engine, SimulatedModel model, int prompt, int answer, long now) {
    int[] tokens = IntStream.range(0, prompt).toArray();
    Run run = new Run(claim(model), speech(answer), tokens, new Heard(), now);
    engine.submit(run, now);
    return run;
  }

  private static Claim claim(SimulatedModel model) {
    return new Claim(model, new Ask.LoadOptions("", true), 4096, Optional.empty());
  }

  private static Speech speech(int tokens) {
    return Speech.of(Script.tokens(tokens));
  }

  /** Notes what a client would get. */
  private final class Heard implements Run.Listener {
    @Override
    public void line(Utterance.Line line) {
      heard.add("line");
    }

    @Override
    public void end(Totals totals) {
      heard.add(totals.reason() + " " + totals.answerTokens());
    }

    @Override
    public void failed(Refusal refusal) {
      heard.add("failed " + refusal.status());
    }
  }
}
