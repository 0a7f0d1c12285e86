package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.chat.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of an answer of any kind, read without a tree; it lives only while it is handled. */
final class Line {
  /** A tool call as Ollama wrote it; id and name may be empty. */
  record Called(String id, String name, CallArguments arguments) {
    /** The call under the id that it is known by. */
    ToolCall call(String unique) {
      return new ToolCall(unique, name, arguments.object(), arguments.text());
    }
  }

  String content = "";
  String thinking = "";
  String error = "";
  boolean done;
  final List<Called> calls = new ArrayList<>(0);
  final List<TokenLogprob> logprobs = new ArrayList<>(0);
  private String doneReason = "";
  @Nullable List<Embedding> embeddings;
  private int promptTokens;
  private int outputTokens;
  private long loadNanos;
  private long totalNanos;
  private long promptNanos;
  private long outputNanos;

  /** Reads a line that is one JSON object. */
  static Line parse(byte[] bytes, int from, int to) throws IOException {
    Line line = new Line();
    try (JsonParser parser = Json.MAPPER.getFactory().createParser(bytes, from, to - from)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        line.field(field, parser);
      }
    }
    return line;
  }

  FinishReason reason() {
    return doneReason.equals("length") ? FinishReason.LENGTH : FinishReason.STOP;
  }

  Counts counts() {
    long known = loadNanos + promptNanos + outputNanos;
    long wait = Math.max(0, totalNanos - known);
    return new Counts(promptTokens, 0, outputTokens, loadNanos, promptNanos, outputNanos, wait);
  }

  /** Of embeddings, for which Ollama tells only the whole time: all of it is the prompt's. */
  Counts embeddingCounts() {
    return new Counts(promptTokens, 0, 0, loadNanos, Math.max(0, totalNanos - loadNanos), 0);
  }

  private void field(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "message" -> message(parser);
      case "response" -> content = text(parser);
      case "thinking" -> thinking = text(parser);
      case "embeddings" -> embeddings = Embeddings.several(parser);
      case "embedding" -> embeddings = Embeddings.one(parser);
      case "done" -> done = parser.currentToken() == JsonToken.VALUE_TRUE;
      case "done_reason" -> doneReason = text(parser);
      case "error" -> error = errorText(parser);
      case "logprobs" -> Logprobs.read(parser, logprobs);
      case "prompt_eval_count" -> promptTokens = (int) number(parser);
      case "eval_count" -> outputTokens = (int) number(parser);
      case "load_duration" -> loadNanos = number(parser);
      case "total_duration" -> totalNanos = number(parser);
      case "prompt_eval_duration" -> promptNanos = number(parser);
      case "eval_duration" -> outputNanos = number(parser);
      default -> parser.skipChildren();
    }
  }

  private void message(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "content" -> content = text(parser);
        case "thinking" -> thinking = text(parser);
        case "tool_calls" -> toolCalls(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void toolCalls(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      calls.add(toolCall(parser, new Called("", "", CallArguments.NONE)));
    }
  }

  /** Reads the call's own object and, inside it, the one named "function". */
  private static Called toolCall(JsonParser parser, Called start) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return start;
    }
    Called call = start;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "id" -> call = new Called(text(parser), call.name, call.arguments);
        case "name" -> call = new Called(call.id, text(parser), call.arguments);
        case "arguments" -> call = new Called(call.id, call.name, CallArguments.read(parser));
        case "function" -> call = toolCall(parser, call);
        default -> parser.skipChildren();
      }
    }
    return call;
  }

  private static String errorText(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NULL -> "";
      default -> Json.compact(parser).text();
    };
  }

  private static String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }

  private static long number(JsonParser parser) throws IOException {
    if (parser.currentToken().isNumeric()) {
      return Math.max(0, parser.getValueAsLong());
    }
    parser.skipChildren();
    return 0;
  }
}
