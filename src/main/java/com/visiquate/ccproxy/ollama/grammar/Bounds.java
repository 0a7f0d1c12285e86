package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Mends the bounds of a schema. */
final class Bounds {
  /** The engine gives up at 2,000 repetitions of one rule. */
  private static final int MOST_TIMES = 1_000;

  /** Larger numbers have more digits than the engine counts. */
  private static final double LARGEST = 1e15;

  private static final List<String> OF_NUMBERS =
      List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

  private Bounds() {}

  /** Of how many there may be. */
  static void ofCounts(ObjectNode schema, String least, String most, Findings findings) {
    count(schema, least, findings);
    count(schema, most, findings);
    if (schema.has(most) && schema.path(least).asInt(0) > schema.path(most).asInt()) {
      leaveOut(schema, least, findings);
    }
  }

  private static void count(ObjectNode schema, String word, Findings findings) {
    JsonNode count = schema.path(word);
    if (count.isMissingNode()) {
      return;
    }
    double value = count.asDouble(-1);
    boolean fits = count.isNumber() && value >= 0 && value <= MOST_TIMES;
    if (!fits || value != Math.rint(value)) {
      leaveOut(schema, word, findings);
    } else if (!count.isIntegralNumber()) {
      schema.put(word, (int) value);
    }
  }

  /** The engine looks only at those of whole numbers, and reads them as such. */
  static void ofNumbers(ObjectNode schema, Findings findings) {
    exclusive(schema, "exclusiveMinimum", "minimum", 1);
    exclusive(schema, "exclusiveMaximum", "maximum", -1);
    if (!Words.isTyped(schema, "integer")) {
      OF_NUMBERS.stream().filter(schema::has).forEach(findings::leaveOut);
      return;
    }
    whole(schema, "minimum", findings);
    whole(schema, "maximum", findings);
    if (schema.has("maximum")
        && schema.has("minimum")
        && schema.path("minimum").asLong() > schema.path("maximum").asLong()) {
      leaveOut(schema, "minimum", findings);
      leaveOut(schema, "maximum", findings);
    }
  }

  /** Older schemas have a flag here. The engine looks at one of both, and we at the stricter. */
  private static void exclusive(ObjectNode schema, String word, String plain, int step) {
    JsonNode bound = schema.path(word);
    if (bound.isMissingNode() || !Words.isTyped(schema, "integer")) {
      return;
    }
    schema.remove(word);
    JsonNode known = schema.path(plain);
    if (bound.isNumber() && Math.abs(bound.doubleValue()) <= LARGEST) {
      double next =
          step > 0 ? Math.floor(bound.doubleValue()) + 1 : Math.ceil(bound.doubleValue()) - 1;
      boolean stricter = !known.isNumber() || step * next > step * known.doubleValue();
      if (stricter) {
        schema.put(plain, (long) next);
      }
    } else if (bound.asBoolean(false) && known.isNumber()) {
      schema.put(plain, (long) known.doubleValue() + step);
    }
  }

  private static void whole(ObjectNode schema, String word, Findings findings) {
    JsonNode bound = schema.path(word);
    if (bound.isMissingNode()) {
      return;
    }
    if (!bound.isNumber() || Math.abs(bound.doubleValue()) > LARGEST) {
      leaveOut(schema, word, findings);
    } else if (!bound.isIntegralNumber()) {
      boolean least = word.equals("minimum");
      schema.put(
          word, (long) (least ? Math.ceil(bound.doubleValue()) : Math.floor(bound.doubleValue())));
    }
  }

  private static void leaveOut(ObjectNode schema, String word, Findings findings) {
    schema.remove(word);
    findings.leaveOut(word);
  }
}
