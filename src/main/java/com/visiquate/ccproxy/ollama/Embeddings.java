package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.visiquate.ccproxy.chat.Embedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads embeddings; what is not a list of numbers is none. */
final class Embeddings {
  private static final int USUAL = 1_024;

  private Embeddings() {}

  /** The list of embeddings at which the parser stands; null when it is none. */
  static @Nullable List<Embedding> several(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return null;
    }
    List<Embedding> read = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      read.add(embedding(parser));
    }
    return read;
  }

  /** The one embedding at which the parser stands, as a list. */
  static List<Embedding> one(JsonParser parser) throws IOException {
    return List.of(embedding(parser));
  }

  private static Embedding embedding(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return new Embedding();
    }
    float[] values = new float[USUAL];
    int size = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values = size < values.length ? values : Arrays.copyOf(values, 2 * size);
      values[size++] = number(parser);
    }
    return new Embedding(Arrays.copyOf(values, size));
  }

  private static float number(JsonParser parser) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      parser.skipChildren();
      return Float.NaN;
    }
    return parser.getFloatValue();
  }
}
