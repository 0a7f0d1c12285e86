package com.visiquate.ccproxy.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.simulator.engine.Engine;
import com.visiquate.ccproxy.simulator.engine.Ledger;
import com.visiquate.ccproxy.simulator.engine.Run;
import com.visiquate.ccproxy.simulator.engine.Totals;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.model.Way;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.request.AskReader;
import com.visiquate.ccproxy.simulator.request.Claim;
import com.visiquate.ccproxy.simulator.request.Prompt;
import com.visiquate.ccproxy.simulator.speech.Calling;
import com.visiquate.ccproxy.simulator.speech.Speech;
import com.visiquate.ccproxy.simulator.speech.Utterance;
import com.visiquate.ccproxy.simulator.wire.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How long prompts took with a real Ollama 0.33, one after the other as they were recorded: the
 * simulator computes as many tokens as that one had time for. The machine was not always equally
 * fast, so only a time that is far off says that something else was cached.
 */
final class RecordedTimesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of("src/test/resources/recordings-newer");
  private static final long HOUR = 3_600_000_000_000L;

  /** Tokens a second, at the slowest and the fastest. */
  private static final double SLOWEST = 40;

  private static final double FASTEST = 120;

  /** A few tokens more or less are computed because the last answer comes back as other tokens. */
  private static final int ANSWER = 70;

  private final Ledger ledger = new Ledger();
  private long now;

  @Test
  void oneSlotGivesBackWhatItPutAside() throws IOException {
    follow(
        engine(Profile.demo()),
        "prefix/first-840-tokens",
        "prefix/same-again",
        "prefix/same-head-new-tail",
        "prefix/other-head",
        "prefix/first-again-after-other");
  }

  @Test
  void aConversationGoesOn() throws IOException {
    follow(
        engine(Profile.demo()),
        "prefix/conversation-turn-1",
        "prefix/conversation-turn-2",
        "prefix/conversation-turn-3",
        "prefix/same-system-other-question");
  }

  @Test
  void threeConversationsLiveInTwoSlots() throws IOException {
    follow(
        engine(Profile.demo().withSlots(2)),
        "prefix/two-slots-warm",
        "prefix/two-slots-a1",
        "prefix/two-slots-b1",
        "prefix/two-slots-a1-again",
        "prefix/two-slots-b1-again",
        "prefix/two-slots-third-conversation",
        "prefix/two-slots-a1-after-third",
        "prefix/two-slots-b1-after-third");
  }

  @Test
  void theStoreIsLookedAtByItsOwnRules() throws IOException {
    follow(
        engine(Profile.demo()),
        "prefix/warm",
        "store/long-conversation",
        "store/unrelated",
        "store/same-role-long-not-used",
        "store/long-conversation-again",
        "store/short-conversation",
        "store/unrelated-2",
        "store/same-role-short-used",
        "store/unrelated-3",
        "store/short-conversation-after-its-head-was-used",
        "store/before-reload",
        "store/reload-by-num-ctx",
        "store/after-reload");
  }

  @Test
  void nothingComesBackWithoutAStore() throws IOException {
    follow(
        engine(Profile.demo().withRamCache(0)),
        "store/off-first",
        "store/off-other",
        "store/off-first-again");
  }

  @Test
  void twoPromptsAtOnceWaitForEachOther() throws IOException {
    Engine engine = engine(Profile.demo().withSlots(2));
    Exchange one = new Exchange("parallel/two-prompts-1");
    Exchange two = new Exchange("parallel/two-prompts-2");
    engine.submit(one.run, now);
    engine.submit(two.run, now);
    for (long at = now; one.run.firstToken() == 0 || two.run.firstToken() == 0; at += 2_000_000) {
      engine.advance(at);
    }
    assertThat(one.share(two)).isBetween(0.7, 0.85);
    assertThat(one.recorded() / two.recorded()).isBetween(0.7, 0.85);
  }

  private Engine engine(Profile profile) {
    List<SimulatedModel> models = Recorder.profile().models();
    return new Engine(profile.withModels(models).withGeneration(Generation.NEWER), ledger, now);
  }

  private void follow(Engine engine, String... names) throws IOException {
    for (String name : names) {
      Exchange exchange = new Exchange(name);
      engine.submit(exchange.run, now);
      now += HOUR / 100;
      engine.advance(now);
      double computed = exchange.run.prompt().length - exchange.run.cached();
      double seconds = exchange.recorded();
      assertThat(computed)
          .as(name)
          .isBetween(seconds * SLOWEST - ANSWER, seconds * FASTEST + ANSWER);
    }
  }

  /** A recorded request, and how long it took. */
  private final class Exchange implements Run.Listener {
    private final Run run;
    private final double recorded;

    Exchange(String name) throws IOException {
      Path folder = ROOT.resolve(name);
      String request = Files.readString(folder.resolve("request.http"));
      String body = request.substring(request.indexOf("\r\n\r\n") + 4);
      Ask ask = AskReader.read(AskReader.chatBody(body), true, 4_096);
      recorded = seconds(Recording.parse(Recording.bytes(folder, "response.http")));
      run = run(ask);
    }

    private double seconds(Recording response) throws IOException {
      String last =
          response.chunks().reversed().stream().filter(c -> !c.isEmpty()).findFirst().orElseThrow();
      JsonNode done = JSON.readTree(last.getBytes(StandardCharsets.UTF_8));
      return done.path("prompt_eval_duration").asLong() / 1e9;
    }

    private Run run(Ask ask) {
      SimulatedModel model =
          Recorder.profile().models().stream()
              .filter(one -> one.name().equals(SimulatedModel.withTag(ask.model())))
              .findFirst()
              .orElseThrow()
              .withRates(75, 18);
      Claim claim =
          new Claim(
              model,
              ask.options().load(),
              ask.options().contextLength(),
              java.util.Optional.empty());
      Calling calling = new Calling(Way.RENDERED, ask.tools(), new Random(1));
      Speech speech =
          new Speech(
              Recorder.script(ask).orElseThrow(), List.of(), ask.options().predict(), calling);
      return new Run(claim, speech, Prompt.of(ask, model, Generation.NEWER), this, now);
    }

    double recorded() {
      return recorded;
    }

    /** How much sooner it spoke than the other, both having come at once. */
    double share(Exchange other) {
      return (double) (run.firstToken() - run.seatedAt())
          / (other.run.firstToken() - other.run.seatedAt());
    }

    @Override
    public void line(Utterance.Line line) {}

    @Override
    public void end(Totals totals) {}

    @Override
    public void failed(Refusal refusal) {
      throw new AssertionError(refusal);
    }
  }
}
