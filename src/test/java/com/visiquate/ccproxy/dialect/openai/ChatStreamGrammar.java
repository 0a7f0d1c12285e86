package com.visiquate.ccproxy.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a chat stream is one that every known client accepts, and collects what it says.
 *
 * <p>Beyond the syntax: the same id, time and model in all chunks; the role once and first; a
 * call's id and name once, in its first fragment, indexes without gaps; one finish reason, the
 * usage after it if at all, {@code [DONE]} last; or one error event and nothing after it.
 */
public final class ChatStreamGrammar {
  /** How far a stream has come; it never goes back. */
  private enum Stage {
    FRESH,
    SPEAKING,
    FINISHED,
    ACCOUNTED,
    CLOSED,
    BROKEN
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> REASONS =
      Set.of("stop", "length", "tool_calls", "function_call");

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final List<String> names = new ArrayList<>();
  private final List<StringBuilder> arguments = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private Stage stage = Stage.FRESH;
  private @Nullable String identity;
  private @Nullable String reason;
  private @Nullable JsonNode error;
  private int pings;

  private ChatStreamGrammar() {}

  /** Checks a whole stream; a stream that only stops is not one. */
  public static ChatStreamGrammar check(byte[] stream) {
    ChatStreamGrammar grammar = new ChatStreamGrammar();
    String text = new String(stream, UTF_8);
    assertThat(text.getBytes(UTF_8)).describedAs("valid UTF-8").isEqualTo(stream);
    assertThat(text).doesNotContain("\r").endsWith("\n\n");
    for (String event : text.split("\n\n", -1)) {
      grammar.event(event);
    }
    assertThat(grammar.stage).isIn(Stage.CLOSED, Stage.BROKEN);
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
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      calls.add(names.get(i) + arguments.get(i));
    }
    return calls;
  }

  /** Null when the stream broke. */
  public @Nullable String reason() {
    return reason;
  }

  /** The error event; null when the stream ended well. */
  public @Nullable JsonNode error() {
    return error;
  }

  public int pings() {
    return pings;
  }

  private void event(String event) {
    String rest = event;
    while (rest.startsWith(": ping\n")) {
      pings++;
      rest = rest.substring(": ping\n".length());
    }
    if (rest.isEmpty()) {
      return;
    }
    assertThat(stage).describedAs("nothing follows: %s", rest).isLessThan(Stage.CLOSED);
    assertThat(rest).startsWith("data: ").doesNotContain("\n");
    String data = rest.substring("data: ".length());
    if (data.equals("[DONE]")) {
      assertThat(stage).isIn(Stage.FINISHED, Stage.ACCOUNTED);
      stage = Stage.CLOSED;
      return;
    }
    chunk(tree(data));
  }

  private void chunk(JsonNode chunk) {
    if (chunk.has("error")) {
      error = chunk.get("error");
      assertThat(error.fieldNames())
          .toIterable()
          .containsExactly("message", "type", "param", "code");
      stage = Stage.BROKEN;
      return;
    }
    assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
    same(chunk.path("id").asText() + chunk.path("created").longValue() + chunk.path("model"));
    JsonNode choices = chunk.path("choices");
    assertThat(choices.isArray()).isTrue();
    if (choices.isEmpty()) {
      usage(chunk.path("usage"));
      return;
    }
    assertThat(choices).hasSize(1);
    assertThat(chunk.path("usage").isObject()).isFalse();
    choice(choices.get(0));
  }

  private void same(String now) {
    identity = identity == null ? now : identity;
    assertThat(now).startsWith("chatcmpl-").isEqualTo(identity);
  }

  private void usage(JsonNode usage) {
    assertThat(stage).isEqualTo(Stage.FINISHED);
    stage = Stage.ACCOUNTED;
    assertThat(usage.path("total_tokens").intValue())
        .isEqualTo(
            usage.path("prompt_tokens").intValue() + usage.path("completion_tokens").intValue());
  }

  private void choice(JsonNode choice) {
    assertThat(choice.path("index").intValue()).isZero();
    assertThat(choice.fieldNames())
        .toIterable()
        .containsExactly("index", "delta", "logprobs", "finish_reason");
    JsonNode delta = choice.get("delta");
    assertThat(delta.has("role")).isEqualTo(stage == Stage.FRESH);
    assertThat(stage).isLessThan(Stage.FINISHED);
    stage = Stage.SPEAKING;
    text.append(delta.path("content").asText(""));
    assertThat(delta.path("reasoning")).isEqualTo(delta.path("reasoning_content"));
    thinking.append(delta.path("reasoning").asText(""));
    delta.path("tool_calls").forEach(this::fragment);
    if (delta.has("function_call")) {
      legacyFragment(delta.get("function_call"));
    }
    finish(choice.get("finish_reason"));
  }

  private void fragment(JsonNode call) {
    int index = call.path("index").asInt(-1);
    boolean opens = index == names.size();
    assertThat(index).isBetween(0, names.size());
    JsonNode body = call.has("custom") ? call.get("custom") : call.path("function");
    assertThat(body.isObject()).isTrue();
    assertThat(call.has("id")).isEqualTo(opens);
    assertThat(call.has("type")).isEqualTo(opens);
    assertThat(body.has("name")).isEqualTo(opens);
    if (opens) {
      assertThat(ids.add(call.get("id").textValue())).isTrue();
      open(body.get("name").textValue());
    }
    arguments.get(index).append(body.path(call.has("custom") ? "input" : "arguments").textValue());
  }

  private void legacyFragment(JsonNode call) {
    assertThat(call.has("name")).isEqualTo(names.isEmpty());
    if (names.isEmpty()) {
      open(call.get("name").textValue());
    }
    arguments.getFirst().append(call.get("arguments").textValue());
  }

  private void open(String name) {
    names.add(name);
    arguments.add(new StringBuilder());
  }

  private void finish(JsonNode finish) {
    if (!finish.isNull()) {
      stage = Stage.FINISHED;
      reason = finish.textValue();
      assertThat(reason).isIn(REASONS);
    }
  }

  private static JsonNode tree(String data) {
    try {
      return JSON.readTree(data);
    } catch (IOException malformed) {
      throw new UncheckedIOException(data, malformed);
    }
  }
}
