package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.fleet.ModelCard;
import com.visiquate.ccproxy.fleet.ModelCard.Details;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Reads what clients who list models want to know of one; whatever is missing stays unknown. */
final class Cards {
  private static final int LONGEST_TEMPLATE = 64 * 1024;
  private static final int MOST_FACTS = 256;

  private Cards() {}

  /** One entry of {@code /api/tags}. */
  static ModelCard read(JsonNode model) {
    return new ModelCard(
        model.path("size").asLong(),
        model.path("modified_at").asText(""),
        details(model.path("details")),
        "",
        Map.of());
  }

  /** The same card with what {@code /api/show} adds, bounded because it is kept. */
  static ModelCard described(ModelCard card, JsonNode shown) {
    String template = shown.path("template").asText("");
    Map<String, Object> info = new LinkedHashMap<>();
    shown.path("model_info").fields().forEachRemaining(fact -> add(info, fact));
    return card.described(template.length() <= LONGEST_TEMPLATE ? template : "", info);
  }

  private static Details details(JsonNode details) {
    List<String> families =
        StreamSupport.stream(details.path("families").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    return new Details(
        details.path("format").asText(""),
        details.path("family").asText(""),
        families,
        details.path("parameter_size").asText(""),
        details.path("quantization_level").asText(""));
  }

  /** No lists: they hold the words of the tokenizer, which nobody asked for. */
  private static void add(Map<String, Object> info, Map.Entry<String, JsonNode> fact) {
    JsonNode value = fact.getValue();
    if (info.size() >= MOST_FACTS) {
      return;
    }
    if (value.isTextual()) {
      info.put(fact.getKey(), value.textValue());
    } else if (value.isNumber()) {
      info.put(fact.getKey(), value.numberValue());
    } else if (value.isBoolean()) {
      info.put(fact.getKey(), value.booleanValue());
    }
  }
}
