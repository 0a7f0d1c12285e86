package com.visiquate.ccproxy.dialect.completions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a stream of completions is one that every known client accepts, and collects what it
 * says.
 *
 * <p>Beyond the syntax: the same id, time and model in all chunks; one choice a chunk, whose text
 * ends with one finish reason; the usage after all of them if at all, {@code [DONE]} last; or one
 * error event and nothing after it.
 */
public final class CompletionStreamGrammar {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** One choice as far as it has come. */
  private static final class Choice {
    final StringBuilder text = new StringBuilder();
    int offset;
    @Nullable String reason;
  }

  private final Map<Integer, Choice> choices = new TreeMap<>();
  private @Nullable String identity;
  private @Nullable JsonNode usage;
  private @Nullable JsonNode error;
  private boolean closed;
  private int pings;

  private CompletionStreamGrammar() {}

  /** Checks a whole stream of so many choices; a stream that only stops is not one. */
  public static CompletionStreamGrammar check(byte[] stream, int choices) {
    CompletionStreamGrammar grammar = new CompletionStreamGrammar();
    String text = new String(stream, UTF_8);
    assertThat(text.getBytes(UTF_8)).describedAs("valid UTF-8").isEqualTo(stream);
    assertThat(text).doesNotContain("\r").endsWith("\n\n");
    for (String event : text.split("\n\n", -1)) {
      grammar.event(event);
    }
    assertThat(grammar.closed || grammar.error != null).describedAs("it has an end").isTrue();
    if (grammar.closed) {
      assertThat(grammar.choices).hasSize(choices);
      assertThat(grammar.choices.values()).allMatch(choice -> choice.reason != null);
    }
    return grammar;
  }

  public String text(int choice) {
    Choice said = choices.get(choice);
    return said == null ? "" : said.text.toString();
  }

  public @Nullable String reason(int choice) {
    Choice said = choices.get(choice);
    return said == null ? null : said.reason;
  }

  /** The usage; null when there was none. */
  public @Nullable JsonNode usage() {
    return usage;
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
    assertThat(closed || error != null).describedAs("nothing follows: %s", rest).isFalse();
    assertThat(rest).startsWith("data: ").doesNotContain("\n");
    String data = rest.substring("data: ".length());
    if (data.equals("[DONE]")) {
      closed = true;
    } else {
      chunk(tree(data));
    }
  }

  private void chunk(JsonNode chunk) {
    if (chunk.has("error")) {
      error = chunk.get("error");
      assertThat(error.fieldNames())
          .toIterable()
          .containsExactly("message", "type", "param", "code");
      return;
    }
    assertThat(chunk.path("object").asText()).isEqualTo("text_completion");
    String who = chunk.get("id") + " " + chunk.get("created") + " " + chunk.get("model");
    assertThat(identity == null || identity.equals(who)).describedAs(who).isTrue();
    identity = who;
    assertThat(usage).describedAs("the usage comes last").isNull();
    if (chunk.get("choices").isEmpty()) {
      usage = chunk.get("usage");
      assertThat(usage.isObject()).isTrue();
    } else {
      assertThat(chunk.path("usage").isObject()).isFalse();
      choice(chunk.get("choices"));
    }
  }

  private void choice(JsonNode all) {
    assertThat(all).hasSize(1);
    JsonNode said = all.get(0);
    assertThat(said.fieldNames())
        .toIterable()
        .containsExactly("text", "index", "logprobs", "finish_reason");
    Choice choice = choices.computeIfAbsent(said.get("index").asInt(), missing -> new Choice());
    assertThat(choice.reason).describedAs("a choice ends once").isNull();
    logprobs(said.get("logprobs"), choice);
    choice.text.append(said.get("text").textValue());
    if (!said.get("finish_reason").isNull()) {
      choice.reason = said.get("finish_reason").textValue();
      assertThat(choice.reason).isIn("stop", "length");
    }
  }

  /** Four lists of one length; each offset is where its token begins. */
  private static void logprobs(JsonNode logprobs, Choice choice) {
    if (logprobs.isNull()) {
      return;
    }
    int tokens = logprobs.get("tokens").size();
    assertThat(logprobs.get("token_logprobs")).hasSize(tokens);
    assertThat(logprobs.get("text_offset")).hasSize(tokens);
    for (JsonNode offset : logprobs.get("text_offset")) {
      assertThat(offset.asInt()).isGreaterThanOrEqualTo(choice.offset);
      choice.offset = offset.asInt();
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException malformed) {
      throw new UncheckedIOException(json, malformed);
    }
  }
}
