package com.visiquate.ccproxy.simulator.speech;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.visiquate.ccproxy.simulator.model.Tokens;
import com.visiquate.ccproxy.simulator.model.Way;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** A script being spoken: one utterance an earned token, until it or a limit ends it. */
public final class Speech {
  private final Script script;
  private final StopWords stops;
  private final int limit;
  private final Calling calling;
  private final StringBuilder said = new StringBuilder();
  private final List<String> called = new ArrayList<>();
  private int at;
  private int tokens;
  private long waitingUntil = Long.MIN_VALUE;

  /** A whole script; an empty one for whoever wants no answer. */
  public static Speech of(Script script) {
    Calling free = new Calling(Way.RENDERED, MissingNode.getInstance(), new Random(0));
    return new Speech(script, List.of(), Integer.MAX_VALUE, free);
  }

  /** At most so many tokens. */
  public Speech(Script script, List<String> stop, int limit, Calling calling) {
    this.script = script;
    this.stops = new StopWords(stop);
    this.limit = limit;
    this.calling = calling;
  }

  public OptionalInt promptTokens() {
    return script.promptTokens();
  }

  /** Tokens so far. */
  public int spoken() {
    return tokens;
  }

  /** Everything said so far, as the next turn's prompt will bring it back. */
  public void rememberIn(Tokens tokens) {
    tokens.text(said.toString());
    called.forEach(tokens::text);
  }

  public Utterance next(long now) {
    if (tokens >= limit) {
      return rest("length");
    }
    if (stops.stopped() || at >= script.steps().size()) {
      return rest(script.doneReason());
    }
    Step step = script.steps().get(at);
    if (mustWait(step, now)) {
      return new Utterance.Waiting();
    }
    at = script.endless() ? (at + 1) % script.steps().size() : at + 1;
    return speak(step);
  }

  private Utterance rest(String reason) {
    String held = stops.rest();
    if (!held.isEmpty()) {
      said.append(held);
      return new Utterance.Line(held, "", List.of());
    }
    // The end-of-answer token counts; a limit or a stop sequence has none.
    boolean cut = reason.equals("length") || stops.stopped();
    int spoken = cut ? tokens : tokens + 1;
    return new Utterance.End(reason, script.answerTokens().orElse(spoken));
  }

  private boolean mustWait(Step step, long now) {
    return switch (step) {
      case Step.Hold hold -> hold.gate().stops();
      case Step.Pause pause -> paused(pause, now);
      default -> false;
    };
  }

  private boolean paused(Step.Pause pause, long now) {
    if (waitingUntil == Long.MIN_VALUE) {
      waitingUntil = now + pause.time().toNanos();
    }
    boolean waiting = now < waitingUntil;
    waitingUntil = waiting ? waitingUntil : Long.MIN_VALUE;
    return waiting;
  }

  private Utterance speak(Step step) {
    return switch (step) {
      case Step.Text text -> text(text.text());
      case Step.Thinking thinking -> line("", thinking.text());
      case Step.ToolCall call -> call(call);
      case Step.Silent silent -> silence(silent.tokens());
      case Step.Pause pause -> new Utterance.Waiting();
      case Step.Hold hold -> new Utterance.Waiting();
      case Step.Fail fail -> new Utterance.Failure(fail.error());
    };
  }

  private Utterance text(String piece) {
    String shown = stops.feed(piece);
    said.append(shown);
    return shown.isEmpty() ? silence(1) : line(shown, "");
  }

  private Utterance silence(int spoken) {
    tokens += spoken;
    return new Utterance.Silence();
  }

  private Utterance line(String text, String thinking) {
    tokens++;
    return new Utterance.Line(text, thinking, List.of());
  }

  /** Its last token closes it and need not be spoken. */
  private Utterance call(Step.ToolCall call) {
    int left = limit - tokens;
    tokens += Math.min(left, call.tokens());
    if (left < call.tokens() - 1) {
      return calling.cut(call);
    }
    called.add(call.name() + call.arguments());
    return calling.made(call);
  }
}
