package com.visiquate.ccproxy.simulator.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.simulator.model.Way;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import com.visiquate.ccproxy.simulator.wire.LlamaServer;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What becomes of the tool calls of one answer: by the way that reads them, and what is offered.
 */
public final class Calling {
  private static final String SMALL = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String ALL = SMALL + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final Way way;
  private final Set<String> offered;
  private final Random random;
  private int calls;

  /** The random source names the calls. */
  public Calling(Way way, JsonNode tools, Random random) {
    this.way = way;
    this.offered = new HashSet<>();
    this.random = random;
    tools.forEach(tool -> offered.add(tool.path("function").path("name").asText()));
  }

  /** A call that was spoken to its end. */
  Utterance made(Step.ToolCall call) {
    // A script that calls a tool where none is offered means what it says.
    if (offered.isEmpty() || offered.contains(call.name()) || way == Way.PARSED) {
      return new Utterance.Line(
          "", "", List.of(new Utterance.Call(id(), calls++, call.name(), call.arguments())));
    }
    return way == Way.NATIVE
        ? new Utterance.Failure(LlamaServer.notOffered(call.name()))
        : new Utterance.Silence();
  }

  /** A call that a limit cuts off before its end. */
  Utterance cut(Step.ToolCall call) {
    return way == Way.NATIVE
        ? new Utterance.Failure(LlamaServer.unfinished(call.name()))
        : new Utterance.Silence();
  }

  private String id() {
    return way == Way.NATIVE ? letters(32, ALL) : "call_" + letters(8, SMALL);
  }

  private String letters(int count, String from) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append(from.charAt(random.nextInt(from.length())));
    }
    return letters.toString();
  }
}
