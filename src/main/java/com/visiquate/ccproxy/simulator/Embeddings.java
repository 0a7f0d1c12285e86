package com.visiquate.ccproxy.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.simulator.engine.Totals;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.model.Tokens;
import com.visiquate.ccproxy.simulator.request.Claim;
import com.visiquate.ccproxy.simulator.wire.Body;
import com.visiquate.ccproxy.simulator.wire.GoJson;
import com.visiquate.ccproxy.simulator.wire.LlamaServer;
import com.visiquate.ccproxy.simulator.wire.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The bodies of {@code /api/embed} and {@code /api/embeddings}: vectors that depend on the text.
 */
final class Embeddings {
  static final int DIMENSIONS = 512;
  private static final String TOO_LONG = "the input length exceeds the context length";

  private final Body body;
  private final List<String> inputs;
  private final boolean legacy;

  private Embeddings(Body body, List<String> inputs, boolean legacy) {
    this.body = body;
    this.inputs = inputs;
    this.legacy = legacy;
  }

  static Embeddings read(Body body, boolean legacy) {
    List<String> inputs = legacy ? nonEmpty(body.text("prompt")) : inputs(body.at("input"));
    return new Embeddings(body, inputs, legacy);
  }

  private static List<String> inputs(JsonNode input) {
    if (input.isMissingNode()) {
      return List.of();
    }
    if (input.isTextual()) {
      return nonEmpty(input.asText());
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode text : input) {
      texts.add(text.asText());
      if (!text.isTextual()) {
        throw RefusedException.error(400, "invalid input type");
      }
    }
    if (!input.isArray()) {
      throw RefusedException.error(400, "invalid input type");
    }
    return texts;
  }

  private static List<String> nonEmpty(String text) {
    return text.isEmpty() ? List.of() : List.of(text);
  }

  boolean empty() {
    return inputs.isEmpty();
  }

  /** All inputs as one prompt; refuses what is longer than the window and may not be cut. */
  int[] tokens(Claim claim, Generation line) {
    boolean newer = line == Generation.NEWER;
    // The newer line leaves room for the marks of beginning and end.
    int room = newer ? claim.contextLength() - 2 : claim.contextLength();
    int[] tokens = fitted(claim.model(), room);
    boolean embeds = claim.model().can(Capability.EMBEDDING);
    if (newer && !embeds && !inputs.isEmpty()) {
      throw RefusedException.error(legacy ? 500 : 501, LlamaServer.NO_EMBEDDINGS);
    }
    return tokens;
  }

  private int[] fitted(SimulatedModel model, int room) {
    boolean cut = body.flag("truncate", true);
    Tokens all = model.tokens();
    for (String input : inputs) {
      int[] tokens = model.tokens().text(input).toArray();
      if (tokens.length > room && !cut) {
        throw RefusedException.error(400, TOO_LONG);
      }
      all.all(java.util.Arrays.copyOf(tokens, Math.min(room, tokens.length)));
    }
    return all.toArray();
  }

  String json(Totals totals) {
    if (legacy) {
      String vector = inputs.isEmpty() ? "[]" : vector(inputs.getFirst(), DIMENSIONS, "22.6");
      return "{\"embedding\":" + vector + "}";
    }
    GoJson json = new GoJson().open().text("model", body.text("model"));
    int wanted = body.integer("dimensions");
    int dimensions = wanted > 0 ? Math.min(wanted, DIMENSIONS) : DIMENSIONS;
    json.raw(
        "embeddings",
        inputs.stream()
            .map(input -> vector(input, dimensions, "1"))
            .collect(Collectors.joining(",", "[", "]")));
    if (totals.total() > 0) {
      json.number("total_duration", totals.total()).number("load_duration", totals.load());
      json.number("prompt_eval_count", totals.promptTokens());
    }
    return json.close().toString();
  }

  /** A unit vector along the axis that the text's hash names. */
  private static String vector(String text, int dimensions, String length) {
    int axis = Math.floorMod(text.hashCode(), dimensions);
    StringBuilder vector = new StringBuilder("[");
    for (int i = 0; i < dimensions; i++) {
      vector.append(i == 0 ? "" : ",").append(i == axis ? length : "0");
    }
    return vector.append(']').toString();
  }
}
