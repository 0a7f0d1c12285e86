package com.visiquate.ccproxy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.engine.Engine;
import com.visiquate.ccproxy.simulator.engine.Ledger;
import com.visiquate.ccproxy.simulator.engine.Run;
import com.visiquate.ccproxy.simulator.engine.Run.Phase;
import com.visiquate.ccproxy.simulator.engine.Seen;
import com.visiquate.ccproxy.simulator.engine.Totals;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The newer line computes prompts in batches that nothing interrupts. A hundred tokens a second.
 */
final class BatchesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final SimulatedModel MODEL =
      SimulatedModel.plain("m", Capability.COMPLETION)
          .withRates(100, 10)
          .withLoad(Duration.ofSeconds(1));

  private final Ledger ledger = new Ledger();
  private final List<String> heard = new ArrayList<>();
  private int window = 4_096;

  @ParameterizedTest
  @CsvSource({"4096, 512", "4097, 1024", "8192, 1024", "32768, 1024", "32769, 2048"})
  void anAbandonedPromptKeepsItsSlotToTheEndOfItsBatch(int tokens, int batch) {
    window = tokens;
    Engine engine = warm(1);
    Run left = submit(engine, 0, 4_000, SECOND);
    engine.leave(left, SECOND * 3 / 2);
    Run next = submit(engine, 9_000, 10, SECOND * 2);
    long end = SECOND + batch * SECOND / 100;
    engine.advance(end - 1);
    assertThat(next.phase()).isEqualTo(Phase.WAITING);
    engine.advance(end + 1);
    assertThat(next.phase()).isEqualTo(Phase.PROMPT);
    assertThat(ledger.seen().silentWaits()).isEqualTo(1);
    assertThat(ledger.seen().aborts().prompt()).isEqualTo(1);
  }

  @Test
  void aLeavingIsNoticedOnceASecondSoThatAnotherBatchMayRun() {
    Engine engine = warm(1);
    Run left = submit(engine, 0, 4_000, SECOND);
    engine.leave(left, SECOND * 605 / 100);
    Run next = submit(engine, 9_000, 10, SECOND * 62 / 10);
    engine.advance(SECOND * 11);
    assertThat(next.phase()).isEqualTo(Phase.WAITING);
    engine.advance(SECOND * 113 / 10);
    assertThat(next.phase()).isEqualTo(Phase.PROMPT);
  }

  @Test
  void aResendGoesOnAfterTheWholeBatches() {
    Engine engine = warm(1);
    Run left = submit(engine, 0, 1_701, SECOND);
    engine.leave(left, SECOND * 9);
    engine.advance(SECOND * 12);
    submit(engine, 0, 1_701, SECOND * 12);
    assertThat(ledger.seen().promptTokens()).isEqualTo(new Seen.PromptTokens(1_024, 1_701 + 677));
    assertThat(ledger.seen().silentWaits()).isZero();
  }

  @Test
  void aPromptThatIsDoneInItsLastBatchIsOverWithIt() {
    Engine engine = warm(1);
    Run left = submit(engine, 0, 100, SECOND);
    engine.leave(left, SECOND * 3 / 2);
    engine.advance(SECOND * 2 + 1);
    assertThat(left.phase()).isEqualTo(Phase.ENDED);
    assertThat(heard).isEmpty();
  }

  @Test
  void twoPromptsShareBatches() {
    Engine engine = warm(2);
    Run one = submit(engine, 0, 662, SECOND);
    Run two = submit(engine, 9_000, 662, SECOND);
    engine.advance(SECOND * 1123 / 100);
    assertThat(one.phase()).isEqualTo(Phase.PROMPT);
    engine.advance(SECOND * 1125 / 100);
    assertThat(one.phase()).isEqualTo(Phase.STREAMING);
    engine.advance(SECOND * 1423 / 100);
    assertThat(two.phase()).isEqualTo(Phase.PROMPT);
    engine.advance(SECOND * 1425 / 100);
    assertThat(two.phase()).isEqualTo(Phase.STREAMING);
  }

  @Test
  void anAnswerGetsOneTokenABatchMeanwhile() {
    Engine engine = warm(2);
    submit(engine, 0, 1, SECOND);
    engine.advance(SECOND * 2);
    submit(engine, 9_000, 1_024, SECOND * 2);
    int before = heard.size();
    engine.advance(SECOND * 12);
    assertThat(heard).hasSize(before + 1);
  }

  /** Loaded at one second, and nothing heard. */
  private Engine warm(int slots) {
    Profile profile =
        Profile.demo()
            .withModels(MODEL)
            .withSlots(slots)
            .withCrowding(0)
            .withGeneration(Generation.NEWER);
    Engine engine = new Engine(profile, ledger, 0);
    Speech nothing = Speech.of(Script.of());
    engine.submit(new Run(claim(), nothing, Run.LOAD_ONLY, new Heard(), 0), 0);
    engine.advance(SECOND);
    heard.clear();
    return engine;
  }

  private Run submit(Engine engine, int first, int prompt, long now) {
    int[] tokens = IntStream.range(first, first + prompt).toArray();
    Speech speech = Speech.of(Script.cycle("a"));
    Run run = new Run(claim(), speech, tokens, new Heard(), now);
    engine.submit(run, now);
    return run;
  }

  private Claim claim() {
    return new Claim(MODEL, new Ask.LoadOptions("", true), window, Optional.empty());
  }

  /** Notes what a client would get. */
  private final class Heard implements Run.Listener {
    @Override
    public void line(Utterance.Line line) {
      heard.add("line");
    }

    @Override
    public void end(Totals totals) {
      heard.add("end");
    }

    @Override
    public void failed(Refusal refusal) {
      heard.add("failed");
    }
  }
}
