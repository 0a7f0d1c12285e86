package com.visiquate.ccproxy.cache.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.chat.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Events as arrays of JSON: a letter, and what belongs to it. */
final class EventCodec {
  private EventCodec() {}

  static void write(JsonGenerator out, ChatEvent event) throws IOException {
    out.writeStartArray();
    switch (event) {
      case ChatEvent.Text(var text, var logprobs) -> {
        out.writeString("t");
        out.writeString(text);
        for (TokenLogprob one : logprobs) {
          write(out, one);
        }
      }
      case ChatEvent.Thinking(var text) -> {
        out.writeString("h");
        out.writeString(text);
      }
      case ChatEvent.Call(var call) -> {
        out.writeString("c");
        out.writeString(call.id());
        out.writeString(call.name());
        out.writeString(call.arguments().text());
        out.writeString(call.unread());
      }
      case ChatEvent.Embedded(var embeddings) -> write(out, embeddings);
      case ChatEvent.Finished(var reason, var counts) -> write(out, reason, counts);
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, TokenLogprob one) throws IOException {
    out.writeStartArray();
    out.writeString(one.token());
    out.writeNumber(one.logprob());
    out.writeStartArray();
    for (int value : one.bytes()) {
      out.writeNumber(value);
    }
    out.writeEndArray();
    for (TokenLogprob other : one.top()) {
      write(out, other);
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, List<Embedding> embeddings) throws IOException {
    out.writeString("e");
    for (Embedding embedding : embeddings) {
      out.writeStartArray();
      for (int i = 0; i < embedding.size(); i++) {
        out.writeNumber(embedding.at(i));
      }
      out.writeEndArray();
    }
  }

  private static void write(JsonGenerator out, FinishReason reason, Counts counts)
      throws IOException {
    out.writeString("f");
    out.writeString(reason.name());
    out.writeNumber(counts.promptTokens());
    out.writeNumber(counts.cachedTokens());
    out.writeNumber(counts.outputTokens());
    out.writeNumber(counts.loadNanos());
    out.writeNumber(counts.promptNanos());
    out.writeNumber(counts.outputNanos());
    out.writeNumber(counts.waitNanos());
  }

  /** The parser stands at the beginning of one; afterwards at its end. */
  static ChatEvent read(JsonParser in) throws IOException {
    String letter = String.valueOf(in.nextTextValue());
    return switch (letter) {
      case "t" -> new ChatEvent.Text(text(in), logprobs(in));
      case "h" -> ended(in, new ChatEvent.Thinking(text(in)));
      case "c" ->
          ended(
              in,
              new ChatEvent.Call(
                  new ToolCall(text(in), text(in), new RawJson(text(in)), text(in))));
      case "e" -> new ChatEvent.Embedded(embeddings(in));
      case "f" -> ended(in, new ChatEvent.Finished(FinishReason.valueOf(text(in)), counts(in)));
      default -> throw new IOException("no event");
    };
  }

  private static ChatEvent ended(JsonParser in, ChatEvent event) throws IOException {
    if (in.nextToken() != JsonToken.END_ARRAY) {
      throw new IOException("more than an event");
    }
    return event;
  }

  private static String text(JsonParser in) throws IOException {
    String text = in.nextTextValue();
    if (text == null) {
      throw new IOException("no text");
    }
    return text;
  }

  private static Counts counts(JsonParser in) throws IOException {
    return new Counts(
        in.nextIntValue(0),
        in.nextIntValue(0),
        in.nextIntValue(0),
        in.nextLongValue(0),
        in.nextLongValue(0),
        in.nextLongValue(0),
        in.nextLongValue(0));
  }

  /** Up to the end of the array that they are in. */
  private static List<TokenLogprob> logprobs(JsonParser in) throws IOException {
    List<TokenLogprob> all = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      String token = text(in);
      in.nextToken();
      double logprob = in.getDoubleValue();
      in.nextToken();
      List<Integer> bytes = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        bytes.add(in.getIntValue());
      }
      all.add(new TokenLogprob(token, logprob, bytes, logprobs(in)));
    }
    return all;
  }

  private static List<Embedding> embeddings(JsonParser in) throws IOException {
    List<Embedding> all = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      float[] values = new float[16];
      int size = 0;
      while (in.nextToken() != JsonToken.END_ARRAY) {
        if (size == values.length) {
          values = java.util.Arrays.copyOf(values, 2 * size);
        }
        values[size++] = in.getFloatValue();
      }
      all.add(new Embedding(java.util.Arrays.copyOf(values, size)));
    }
    return all;
  }
}
