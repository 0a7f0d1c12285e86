package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.chat.RawJson;
import java.io.IOException;
import java.io.StringWriter;

/** JSON as this room reads and writes it: key order and the text of numbers survive. */
final class Json {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /** The value at which the parser stands, as compact text; the parser ends on its last token. */
  static RawJson compact(JsonParser parser) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = MAPPER.getFactory().createGenerator(text)) {
      copy(parser, out);
    }
    return new RawJson(text.toString());
  }

  private static void copy(JsonParser parser, JsonGenerator out) throws IOException {
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      copyToken(token, parser, out);
    } while (depth > 0 && parser.nextToken() != null);
  }

  private static void copyToken(JsonToken token, JsonParser parser, JsonGenerator out)
      throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          // As text: a double would lose digits, and 1.0 would become 1.
          out.writeNumber(parser.getText());
      default -> out.copyCurrentEvent(parser);
    }
  }
}
