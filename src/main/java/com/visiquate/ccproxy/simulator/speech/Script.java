package com.visiquate.ccproxy.simulator.speech;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a model says: steps, one line each, and the counts that the last line reports.
 *
 * @param endless the steps begin anew until a limit ends the answer
 */
public record Script(
    List<Step> steps,
    boolean endless,
    String doneReason,
    OptionalInt promptTokens,
    OptionalInt answerTokens) {

  /** What a real one says when its runner dies before the first token. */
  public static final String RUNNER_STOPPED =
      "model runner has unexpectedly stopped, this may be due to resource limitations or an"
          + " internal error, check ollama server logs for details";

  /** The same on the newer line, and on both in the middle of an answer. */
  public static final String RUNNER_GONE =
      "an error was encountered while running the model: unexpected EOF";

  /** One step of an answer. */
  public sealed interface Step {
    /** A piece of visible text, one token. */
    record Text(String text) implements Step {}

    /** A piece of reasoning, one token. */
    record Thinking(String text) implements Step {}

    /** A whole tool call; arguments are the text of a JSON object. */
    record ToolCall(String name, String arguments, int tokens) implements Step {
      public ToolCall(String name, String arguments) {
        this(name, arguments, 5);
      }
    }

    /** Tokens that are spoken but never shown: tags, an unfinished call. */
    record Silent(int tokens) implements Step {}

    /** Nothing for a while of real time. */
    record Pause(Duration time) implements Step {}

    /** Nothing until the gate opens. */
    record Hold(Gate gate) implements Step {}

    /** The runner dies: a line of {@code error}, or a 500 when nothing was said yet. */
    record Fail(String error) implements Step {}
  }

  public Script {
    steps = List.copyOf(steps);
  }

  public static Script of(Step... steps) {
    return new Script(
        Arrays.asList(steps), false, "stop", OptionalInt.empty(), OptionalInt.empty());
  }

  /** Pieces of text, one line each. */
  public static Script text(String... pieces) {
    return of(Arrays.stream(pieces).map(Step.Text::new).toArray(Step[]::new));
  }

  /** So many tokens: t0 t1 t2 … */
  public static Script tokens(int count) {
    return text(IntStream.range(0, count).mapToObj(i -> "t" + i + " ").toArray(String[]::new));
  }

  /** These pieces, over and over. */
  public static Script cycle(String... pieces) {
    return new Script(text(pieces).steps, true, "stop", OptionalInt.empty(), OptionalInt.empty());
  }

  public Script then(Step... more) {
    List<Step> all = new ArrayList<>(steps);
    all.addAll(Arrays.asList(more));
    return new Script(all, endless, doneReason, promptTokens, answerTokens);
  }

  public Script then(Script more) {
    return then(more.steps.toArray(Step[]::new));
  }

  public Script withDoneReason(String reason) {
    return new Script(steps, endless, reason, promptTokens, answerTokens);
  }

  public Script withCounts(int prompt, int answer) {
    return new Script(steps, endless, doneReason, OptionalInt.of(prompt), OptionalInt.of(answer));
  }
}
