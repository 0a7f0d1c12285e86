package com.visiquate.ccproxy.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.chat.RawJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON that strangers send: bounded in depth, strict in its encoding, numbers kept exactly. */
public final class RequestJson {
  private static final int DEEPEST = 200;
  private static final int LONGEST_TEXT = 256 << 20;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_TEXT)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private RequestJson() {}

  /** The tree of a body; throws {@link BadField} when it is not JSON in UTF-8. */
  static JsonNode tree(byte[] body) {
    try {
      String text = text(body);
      return MAPPER.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (CharacterCodingException notUtf8) {
      throw new BadField("The request body is not valid UTF-8.", null, "invalid_json");
    } catch (JsonProcessingException malformed) {
      throw new BadField(
          "The request body is not valid JSON" + where(malformed), null, "invalid_json");
    }
  }

  /** Only what has become a replacement character may be malformed, and has to be looked at. */
  private static String text(byte[] body) throws CharacterCodingException {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.indexOf('\ufffd') < 0
        ? text
        : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
  }

  /** A tree as compact text. */
  static RawJson text(JsonNode node) {
    try {
      return new RawJson(MAPPER.writeValueAsString(node));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("writing into memory", impossible);
    }
  }

  /** A text as JSON. */
  public static String quoted(String text) {
    return text(MAPPER.getNodeFactory().textNode(text)).text();
  }

  /** A text that stands in a body itself, as far as that can be read; looks no further than it. */
  public static Optional<String> text(byte[] body, String member) {
    try (JsonParser parser = MAPPER.getFactory().createParser(body)) {
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(member);
        JsonToken value = parser.nextToken();
        if (found) {
          return value == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
        }
        parser.skipChildren();
      }
    } catch (IOException malformed) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** An object that stands in a body itself, as far as that can be read; looks no further. */
  public static Optional<JsonNode> object(byte[] body, String member) {
    try (JsonParser parser = MAPPER.getFactory().createParser(body)) {
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(member);
        JsonToken value = parser.nextToken();
        if (found) {
          return value == JsonToken.START_OBJECT ? Optional.of(object(parser)) : Optional.empty();
        }
        parser.skipChildren();
      }
    } catch (IOException malformed) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** That which the parser stands at, and nothing of what follows. */
  private static JsonNode object(JsonParser parser) throws IOException {
    StringWriter one = new StringWriter();
    try (JsonGenerator out = MAPPER.getFactory().createGenerator(one)) {
      copy(parser, out);
    }
    return MAPPER.readTree(one.toString());
  }

  /** A text that is one JSON object, made compact; nothing when it is anything else. */
  public static Optional<RawJson> object(String text) {
    StringWriter compact = new StringWriter(text.length());
    try (JsonParser parser = MAPPER.getFactory().createParser(text);
        JsonGenerator out = MAPPER.getFactory().createGenerator(compact)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      copy(parser, out);
      if (parser.nextToken() != null) {
        return Optional.empty();
      }
    } catch (IOException malformed) {
      return Optional.empty();
    }
    return Optional.of(new RawJson(compact.toString()));
  }

  private static void copy(JsonParser parser, JsonGenerator out) throws IOException {
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token.isNumeric()) {
        // As text: a double would lose digits, and 1.0 would become 1.
        out.writeNumber(parser.getText());
      } else {
        out.copyCurrentEvent(parser);
      }
    } while (depth > 0 && parser.nextToken() != null);
  }

  /** Only the place, because the parser's own words quote the body. */
  private static String where(JsonProcessingException malformed) {
    return malformed.getLocation() == null
        ? "."
        : " (line %d, column %d)."
            .formatted(malformed.getLocation().getLineNr(), malformed.getLocation().getColumnNr());
  }
}
