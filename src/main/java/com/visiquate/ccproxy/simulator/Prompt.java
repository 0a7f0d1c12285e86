package com.visiquate.ccproxy.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Renders a request as tokens in the order of the chat templates: tools, system, messages. */
final class Prompt {
  /** What an image costs, as Ollama counts it. */
  private static final int IMAGE_TOKENS = 768;

  private static final String TOO_LONG = "the input length exceeds the context length";

  private final Ask ask;
  private final SimulatedModel model;

  private Prompt(Ask ask, SimulatedModel model) {
    this.ask = ask;
    this.model = model;
  }

  /** The tokens that the runner gets; refuses or cuts what is longer than the window. */
  static int[] of(Ask ask, SimulatedModel model) {
    return new Prompt(ask, model).fitted();
  }

  private int[] fitted() {
    int window = ask.options().contextLength();
    List<int[]> turns = ask.turns().stream().map(this::rendered).toList();
    int[] all = joined(turns);
    if (all.length <= window) {
      return all;
    }
    if (!ask.switches().truncate()) {
      throw new RefusedException(
          ask.stream() ? Refusal.late(400, TOO_LONG) : Refusal.error(400, TOO_LONG));
    }
    int[] shorter = withoutOldest(turns, window);
    return shorter.length <= window ? shorter : cut(shorter, window);
  }

  /** Drops whole messages from the oldest, never a system message nor the last one. */
  private int[] withoutOldest(List<int[]> turns, int window) {
    List<int[]> kept = new ArrayList<>(turns);
    int[] all = joined(kept);
    for (int i = 0; i < turns.size() - 1 && all.length > window; i++) {
      if (!ask.turns().get(i).role().equals("system")) {
        kept.set(i, new int[0]);
        all = joined(kept);
      }
    }
    return all;
  }

  /** The runner keeps the beginning's first few tokens and the end. */
  private static int[] cut(int[] tokens, int window) {
    int head = Math.min(4, window / 2);
    int[] cut = Arrays.copyOf(tokens, window);
    System.arraycopy(tokens, tokens.length - window + head, cut, head, window - head);
    return cut;
  }

  private int[] joined(List<int[]> turns) {
    Tokens tokens = model.tokens();
    if (ask.switches().raw()) {
      turns.forEach(tokens::all);
      return tokens.toArray();
    }
    if (!ask.tools().isEmpty()) {
      tokens.mark("tools").text(ask.tools().toString());
    }
    turns.forEach(tokens::all);
    return tokens.mark("begin").mark("assistant").toArray();
  }

  private int[] rendered(Ask.Turn turn) {
    Tokens tokens = model.tokens();
    if (ask.switches().raw()) {
      return tokens.text(turn.content()).toArray();
    }
    tokens.mark("begin").mark(turn.role()).text(turn.content());
    // Of generate only, which has one turn.
    tokens.text(ask.body().path("suffix").asText(""));
    turn.toolCalls()
        .forEach(
            call ->
                tokens.text(
                    call.path("function").path("name").asText()
                        + call.path("function").path("arguments")));
    if (model.can(Capability.VISION)) {
      turn.images().forEach(image -> picture(tokens, image));
    }
    return tokens.mark("end").toArray();
  }

  private static void picture(Tokens tokens, String image) {
    int name = image.hashCode();
    for (int i = 0; i < IMAGE_TOKENS; i++) {
      tokens.mark(name + "/" + i);
    }
  }
}
