package com.visiquate.ccproxy.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.RawJson;
import org.junit.jupiter.api.Test;

final class ToolSchemaTest {
  @Test
  void leavesAnOrdinarySchemaAsItIs() {
    String plain =
        "{\"$schema\":\"x\",\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"string\","
            + "\"default\":1.0},\"a\":{\"enum\":[1,null]}},\"required\":[\"b\"],"
            + "\"additionalProperties\":false}";

    assertThat(accepted(plain)).isEqualTo(plain);
  }

  @Test
  void whatIsNoSchemaAtAllTakesNoParameters() {
    for (String odd : new String[] {"{}", "true", "[]", "null", "no json", ""}) {
      assertThat(accepted(odd)).isEqualTo("{\"type\":\"object\",\"properties\":{}}");
    }
  }

  @Test
  void resolvesReferencesWhereverTheyStand() {
    assertThat(
            accepted(
                "{\"type\":\"object\",\"properties\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/A\"}]},"
                    + "\"b\":{\"$ref\":\"#/$defs/A\",\"description\":\"mine\"}},"
                    + "\"$defs\":{\"A\":{\"type\":\"string\",\"description\":\"its own\"}}}"))
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"a\":{\"allOf\":[{\"type\":\"string\","
                + "\"description\":\"its own\"}]},\"b\":{\"type\":\"string\","
                + "\"description\":\"mine\"}}}");
  }

  @Test
  void aReferenceIntoItselfEnds() {
    assertThat(
            accepted(
                "{\"type\":\"object\",\"properties\":{\"tree\":{\"$ref\":\"#/$defs/T\"}},"
                    + "\"$defs\":{\"T\":{\"type\":\"object\",\"properties\":"
                    + "{\"kids\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/T\"}}}}}}"))
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"tree\":{\"type\":\"object\",\"properties\":"
                + "{\"kids\":{\"type\":\"array\",\"items\":{}}}}}}");
  }

  @Test
  void aSchemaBuiltToExplodeStaysSmall() {
    StringBuilder schema = new StringBuilder("{\"type\":\"object\",\"properties\":{\"x\":");
    schema.append("{\"$ref\":\"#/$defs/d0\"}},\"$defs\":{");
    for (int i = 0; i < 200; i++) {
      String next = "{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}";
      schema.append("\"d%d\":{\"anyOf\":[%s,%s]},".formatted(i, next, next));
    }
    schema.append("\"d200\":{}}}");

    assertThat(accepted(schema.toString()).length()).isLessThan(20_000);
  }

  private static String accepted(String schema) {
    return ToolSchema.accepted(new RawJson(schema)).toString();
  }
}
