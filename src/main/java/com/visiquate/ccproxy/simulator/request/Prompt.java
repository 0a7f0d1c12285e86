package com.visiquate.ccproxy.simulator.request;

import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.model.Tokens;
import com.visiquate.ccproxy.simulator.model.Way;
import com.visiquate.ccproxy.simulator.wire.LlamaServer;
import com.visiquate.ccproxy.simulator.wire.Refusal;
import com.visiquate.ccproxy.simulator.wire.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Renders a request as tokens in the order of the chat templates: tools, system, messages. */
public final class Prompt {
  /** What an image costs, as Ollama counts it. */
  private static final int IMAGE_TOKENS = 768;

  /** What is kept of the beginning when a prompt is cut. */
  private static final int HEAD = 4;

  private static final String TOO_LONG = "the input length exceeds the context length";

  private final Ask ask;
  private final SimulatedModel model;
  private final Generation line;

  private Prompt(Ask ask, SimulatedModel model, Generation line) {
    this.ask = ask;
    this.model = model;
    this.line = line;
  }

  /** The tokens that the runner gets; refuses or cuts what is longer than the window. */
  public static int[] of(Ask ask, SimulatedModel model, Generation line) {
    return new Prompt(ask, model, line).fitted();
  }

  private int[] fitted() {
    refuseImages();
    int window = line.window(ask.options().contextLength());
    List<int[]> turns = ask.turns().stream().map(this::rendered).toList();
    int[] all = joined(turns);
    if (all.length <= window) {
      return all;
    }
    if (!ask.switches().truncate()) {
      throw refused(tooLong(all.length, window));
    }
    int[] shorter = withoutOldest(turns, window);
    return shorter.length <= window ? shorter : cut(shorter, window);
  }

  private void refuseImages() {
    boolean blind = line == Generation.NEWER && !model.can(Capability.VISION);
    if (blind && ask.turns().stream().anyMatch(turn -> !turn.images().isEmpty())) {
      throw refused(LlamaServer.noImages());
    }
  }

  private String tooLong(int tokens, int window) {
    return line == Generation.NEWER ? LlamaServer.tooLong(tokens, window) : TOO_LONG;
  }

  private RefusedException refused(String message) {
    return new RefusedException(
        ask.stream() ? Refusal.late(400, message) : Refusal.error(400, message));
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

  /**
   * The beginning's first few tokens and the end, as much of it as fits; on the newer line half of
   * that, and a model's own template is not cut at all.
   */
  private int[] cut(int[] tokens, int window) {
    if (line.way(model) == Way.NATIVE) {
      throw refused(tooLong(tokens.length, window));
    }
    int head = Math.min(HEAD, window / 2);
    int tail = line == Generation.NEWER ? (window - head) / 2 : window - head;
    int[] cut = Arrays.copyOf(tokens, head + tail);
    System.arraycopy(tokens, tokens.length - tail, cut, head, tail);
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
