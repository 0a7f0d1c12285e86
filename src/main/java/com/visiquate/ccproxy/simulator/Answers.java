package com.visiquate.ccproxy.simulator;

import com.visiquate.ccproxy.simulator.engine.Engine;
import com.visiquate.ccproxy.simulator.engine.Run;
import com.visiquate.ccproxy.simulator.engine.WallClock;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.fault.FaultPlan;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.model.Way;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.request.AskReader;
import com.visiquate.ccproxy.simulator.request.Claim;
import com.visiquate.ccproxy.simulator.request.Installed;
import com.visiquate.ccproxy.simulator.request.OptionsReader;
import com.visiquate.ccproxy.simulator.request.Prompt;
import com.visiquate.ccproxy.simulator.speech.Author;
import com.visiquate.ccproxy.simulator.speech.Calling;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Speech;
import com.visiquate.ccproxy.simulator.speech.Wish;
import com.visiquate.ccproxy.simulator.wire.Body;
import com.visiquate.ccproxy.simulator.wire.GoDuration;
import com.visiquate.ccproxy.simulator.wire.GoJson;
import com.visiquate.ccproxy.simulator.wire.Refusal;
import com.visiquate.ccproxy.simulator.wire.RefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;

/** {@code /api/chat} and {@code /api/generate}: from the body's text to a run in the engine. */
final class Answers {
  /** Some of what the engine makes no grammar of: no anchor, a class by its letter. */
  private static final Pattern NO_GRAMMAR =
      Pattern.compile("\"pattern\":\"(?!\\^)|\"pattern\":\"[^\"]*\\\\\\\\[dDwWsSbB/]");

  private final Profile profile;
  private final Installed installed;
  private final WallClock clock;
  private final FaultPlan faults;
  private final Function<Ask, Optional<Script>> scripts;
  private final Author author;
  private final Random random;

  Answers(
      Profile profile,
      Installed installed,
      WallClock clock,
      FaultPlan faults,
      Function<Ask, Optional<Script>> scripts) {
    this.profile = profile;
    this.installed = installed;
    this.clock = clock;
    this.faults = faults;
    this.scripts = scripts;
    this.author = new Author(profile.seed());
    this.random = new Random(profile.seed());
  }

  /** Answers, or throws what the client is refused with. */
  void answer(Engine engine, Body body, boolean chat, Reply reply) {
    Ask ask = AskReader.read(body, chat, profile.limits().contextLength());
    SimulatedModel model = installed.forAnswers(ask);
    Optional<Duration> keepAlive = GoDuration.of(body.at("keep_alive"));
    if (ask.empty() && keepAlive.equals(Optional.of(Duration.ZERO))) {
      engine.residency().unload(model);
      reply.json(new Lines(ask).nothing(created(), "unload"));
      return;
    }
    OptionsReader.check(body.at("options"));
    Claim claim = new Claim(model, ask.options().load(), ask.options().contextLength(), keepAlive);
    if (ask.empty()) {
      LoadListener listener = new LoadListener(new Lines(ask), reply, clock);
      submit(
          engine,
          new Run(claim, Speech.of(Script.of()), Run.LOAD_ONLY, listener, clock.now()),
          reply);
      return;
    }
    generate(engine, ask, claim, reply);
  }

  private void generate(Engine engine, Ask ask, Claim claim, Reply reply) {
    int[] prompt = Prompt.of(ask, claim.model(), profile.generation());
    checkFormat(ask);
    Optional<Fault> fault = faults.forAnswer();
    if (fault.isPresent() && stopsBeforeTheModel(fault.get(), reply)) {
      return;
    }
    AnswerListener listener =
        new AnswerListener(
            new Lines(ask),
            reply,
            clock,
            new AnswerListener.Delivery(ask.stream(), callsOnDoneLine(claim.model())),
            fault);
    Run run =
        new Run(claim, speech(ask, claim, prompt.length), prompt, listener, clock.now())
            .askedBy(Wish.of(ask).who());
    if (fault.isPresent() && fault.get() instanceof Fault.Slow slow) {
      run.slowedBy(slow.factor());
    }
    listener.stopWith(() -> engine.cancel(run, clock.now()));
    submit(engine, run, reply);
  }

  /** The embedding endpoints: a prompt without an answer. */
  void embed(Engine engine, Claim claim, Embeddings embeddings, Reply reply) {
    int[] tokens = embeddings.tokens(claim, profile.generation());
    Optional<Fault> fault = embeddings.empty() ? Optional.empty() : faults.forAnswer();
    if (fault.isPresent() && stopsBeforeTheModel(fault.get(), reply)) {
      return;
    }
    EmbedListener listener = new EmbedListener(embeddings, reply);
    submit(engine, new Run(claim, Speech.of(Script.of()), tokens, listener, clock.now()), reply);
  }

  private void submit(Engine engine, Run run, Reply reply) {
    reply.onLeave(() -> engine.leave(run, clock.now()));
    engine.submit(run, clock.now());
  }

  private static boolean stopsBeforeTheModel(Fault fault, Reply reply) {
    return switch (fault) {
      case Fault.Hang hang -> true;
      case Fault.Status status -> {
        reply.refuse(new Refusal(status.code(), Refusal.JSON, status.body(), false));
        yield true;
      }
      default -> false;
    };
  }

  private Speech speech(Ask ask, Claim claim, int promptTokens) {
    Script script =
        scripts
            .apply(ask)
            .orElseGet(() -> author.answer(ask, claim.model().can(Capability.THINKING)));
    int limit = ask.options().predict();
    if (!ask.options().load().shift()) {
      limit = Math.min(limit, Math.max(1, room(ask.options()) - promptTokens));
    }
    Way way = profile.generation().way(claim.model());
    return new Speech(script, ask.options().stop(), limit, new Calling(way, ask.tools(), random));
  }

  /** Prompt and answer together, where the window is not shifted. */
  private int room(Ask.Options options) {
    Generation line = profile.generation();
    int window = line.window(options.contextLength());
    return line == Generation.OLDER ? window + 1 : window;
  }

  private boolean callsOnDoneLine(SimulatedModel model) {
    return profile.toolCallsOnDoneLine() || profile.generation().way(model) == Way.NATIVE;
  }

  private static void checkFormat(Ask ask) {
    String format = ask.switches().format();
    boolean fine = format.isEmpty() || format.equals("\"\"") || format.equals("\"json\"");
    boolean schema = format.startsWith("{");
    if ((!fine && !schema) || NO_GRAMMAR.matcher(format).find()) {
      String message =
          schema
              ? "invalid JSON schema in format"
              : "invalid format: "
                  + GoJson.quoted(format)
                  + "; expected \"json\" or a valid JSON Schema object";
      throw new RefusedException(
          ask.stream() ? Refusal.late(500, message) : Refusal.error(500, message));
    }
  }

  private String created() {
    return clock.rfc3339(clock.now());
  }
}
