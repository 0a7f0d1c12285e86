package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.visiquate.ccproxy.chat.TokenLogprob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads log probabilities of tokens. */
final class Logprobs {
  private Logprobs() {}

  /** Adds the list at which the parser stands; anything else is skipped. */
  static void read(JsonParser parser, List<TokenLogprob> into) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        into.add(one(parser));
      } else {
        parser.skipChildren();
      }
    }
  }

  private static TokenLogprob one(JsonParser parser) throws IOException {
    String token = "";
    double logprob = 0;
    List<Integer> bytes = new ArrayList<>();
    List<TokenLogprob> top = new ArrayList<>(0);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "token" -> token = parser.getValueAsString("");
        case "logprob" -> logprob = parser.getValueAsDouble();
        case "bytes" -> octets(parser, bytes);
        case "top_logprobs" -> read(parser, top);
        default -> parser.skipChildren();
      }
    }
    return new TokenLogprob(token, logprob, bytes, top);
  }

  private static void octets(JsonParser parser, List<Integer> into) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      into.add(parser.getValueAsInt() & 0xff);
    }
  }
}
