package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.LoadedModel;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What an Ollama says of itself.
 *
 * <p>Every method throws {@link IllegalArgumentException} when the body is not what it should be.
 */
public final class Facts {
  private Facts() {}

  /** The body of {@code /api/version}. */
  public static String version(byte[] body) {
    String version = object(body).path("version").asText("");
    if (version.isEmpty()) {
      throw new IllegalArgumentException("no version in the answer");
    }
    return version;
  }

  /** The body of {@code /api/tags}; capabilities are empty where it does not tell them, as 0.24. */
  public static List<InstalledModel> installed(byte[] body) {
    return models(body).map(Facts::installed).toList();
  }

  private static InstalledModel installed(JsonNode model) {
    boolean forced = Serial.isForced(model.path("details"));
    String digest = model.path("digest").asText("");
    InstalledModel bare =
        new InstalledModel(name(model), digest, Set.of(), forced, Cards.read(model));
    return able(bare, words(model));
  }

  /** The same model, able to do this; one that only embeds runs alone. */
  public static InstalledModel able(InstalledModel model, Set<String> capabilities) {
    boolean forced = model.serial();
    String digest = model.digest();
    InstalledModel able =
        new InstalledModel(model.ollama(), digest, capabilities, forced, model.card());
    return able.onlyEmbeds()
        ? new InstalledModel(model.ollama(), digest, capabilities, true, model.card())
        : able;
  }

  /** A model with what the body of {@code /api/show} tells of it. */
  public static InstalledModel described(InstalledModel model, byte[] body) {
    JsonNode shown = object(body);
    Set<String> words = words(shown);
    InstalledModel carded = model.with(Cards.described(model.card(), shown));
    return words.isEmpty() ? carded : able(carded, words);
  }

  /** The body of {@code /api/ps}. */
  public static List<LoadedModel> loaded(byte[] body) {
    return models(body).map(Facts::loaded).toList();
  }

  private static LoadedModel loaded(JsonNode model) {
    return new LoadedModel(
        name(model),
        model.path("size").asLong(),
        model.path("size_vram").asLong(),
        model.path("context_length").asInt(),
        model.path("expires_at").asText(""));
  }

  private static Stream<JsonNode> models(byte[] body) {
    JsonNode models = object(body).path("models");
    return StreamSupport.stream(models.spliterator(), false);
  }

  private static String name(JsonNode model) {
    String name = model.path("name").asText("");
    return name.isEmpty() ? model.path("model").asText("") : name;
  }

  private static Set<String> words(JsonNode model) {
    return StreamSupport.stream(model.path("capabilities").spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static JsonNode object(byte[] body) {
    try {
      JsonNode node = Json.MAPPER.readTree(body);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (IOException malformed) {
      throw new IllegalArgumentException("the answer is not JSON", malformed);
    }
    throw new IllegalArgumentException("the answer is not a JSON object");
  }
}
