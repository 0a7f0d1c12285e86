package com.visiquate.ccproxy.dialect.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that lines of JSON are an answer that every known client of Ollama accepts, and collects
 * what they say.
 *
 * <p>Beyond the syntax: no empty line; model, time, a message with its role and content, and {@code
 * done} on every line; calls with an object for arguments, an id of their own and indexes without
 * gaps; one last line with a reason; or one line that is an error and nothing after it.
 */
public final class NativeStreamGrammar {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> MEMBERS =
      Set.of(
          "model",
          "created_at",
          "message",
          "response",
          "thinking",
          "tool_calls",
          "done",
          "done_reason",
          "logprobs",
          "context",
          "total_duration",
          "load_duration",
          "prompt_eval_count",
          "prompt_eval_duration",
          "eval_count",
          "eval_duration");

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final List<String> calls = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final boolean whole;
  private @Nullable String shape;
  private @Nullable String model;
  private @Nullable String reason;
  private @Nullable String error;
  private int idle;

  private NativeStreamGrammar(boolean whole) {
    this.whole = whole;
  }

  /** Checks a whole stream; a stream that only stops is not one. */
  public static NativeStreamGrammar check(byte[] stream) {
    NativeStreamGrammar grammar = new NativeStreamGrammar(false);
    String text = new String(stream, UTF_8);
    assertThat(text.getBytes(UTF_8)).describedAs("valid UTF-8").isEqualTo(stream);
    assertThat(text).doesNotContain("\r").doesNotContain("\n\n").endsWith("\n");
    text.lines().forEach(grammar::line);
    grammar.ended();
    return grammar;
  }

  /** Checks an answer in one piece. */
  public static NativeStreamGrammar checkWhole(byte[] answer) {
    NativeStreamGrammar grammar = new NativeStreamGrammar(true);
    grammar.line(new String(answer, UTF_8).strip());
    grammar.ended();
    return grammar;
  }

  public String text() {
    return text.toString();
  }

  public String thinking() {
    return thinking.toString();
  }

  /** Each call as its name and its arguments, in order. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** Null when the stream broke. */
  public @Nullable String reason() {
    return reason;
  }

  /** What the last line complains about; null when the stream ended well. */
  public @Nullable String error() {
    return error;
  }

  /** Lines that said nothing and were not the last. */
  public int heartbeats() {
    return idle;
  }

  private void line(String text) {
    assertThat(reason).describedAs("nothing follows: %s", text).isNull();
    assertThat(error).describedAs("nothing follows: %s", text).isNull();
    assertThat(text).startsWith("{").endsWith("}");
    JsonNode line = tree(text);
    if (line.has("error")) {
      assertThat(line.fieldNames()).toIterable().containsExactly("error");
      error = line.get("error").textValue();
      assertThat(error).isNotBlank();
      return;
    }
    assertThat(MEMBERS).containsAll(() -> line.fieldNames());
    same(line);
    int before = said();
    says(line);
    finish(line, said() > before);
  }

  private void same(JsonNode line) {
    String now = line.path("model").textValue();
    model = model == null ? now : model;
    assertThat(now).isNotBlank().isEqualTo(model);
    assertThat(Instant.parse(line.path("created_at").asText())).isNotNull();
    String form = line.has("message") ? "message" : "response";
    shape = shape == null ? form : shape;
    assertThat(form).isEqualTo(shape);
  }

  private int said() {
    return text.length() + thinking.length() + calls.size();
  }

  private void says(JsonNode line) {
    JsonNode message = line.has("message") ? line.get("message") : line;
    if (line.has("message")) {
      assertThat(message.path("role").textValue()).isEqualTo("assistant");
      assertThat(Set.of("role", "content", "thinking", "tool_calls"))
          .containsAll(() -> message.fieldNames());
    }
    JsonNode content = message.path(line.has("message") ? "content" : "response");
    assertThat(content.isTextual()).describedAs("content of %s", line).isTrue();
    text.append(content.textValue());
    if (message.has("thinking")) {
      assertThat(message.get("thinking").textValue()).isNotEmpty();
      thinking.append(message.get("thinking").textValue());
    }
    message.path("tool_calls").forEach(this::call);
  }

  private void call(JsonNode call) {
    JsonNode function = call.path("function");
    assertThat(call.fieldNames()).toIterable().containsExactly("id", "function");
    assertThat(ids.add(call.get("id").textValue())).isTrue();
    assertThat(function.path("index").intValue()).isEqualTo(calls.size());
    assertThat(function.path("arguments").isObject()).isTrue();
    calls.add(function.path("name").textValue() + function.get("arguments"));
  }

  private void finish(JsonNode line, boolean spoke) {
    JsonNode done = line.path("done");
    assertThat(done.isBoolean()).isTrue();
    assertThat(line.has("done_reason")).isEqualTo(done.booleanValue());
    if (done.booleanValue()) {
      reason = line.get("done_reason").textValue();
      assertThat(reason).isIn("stop", "length", "load", "unload");
    } else {
      idle += spoke || line.has("logprobs") ? 0 : 1;
    }
  }

  private void ended() {
    assertThat(reason == null).isNotEqualTo(error == null);
    assertThat(whole && idle > 0).isFalse();
  }

  private static JsonNode tree(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException malformed) {
      throw new UncheckedIOException(line, malformed);
    }
  }
}
