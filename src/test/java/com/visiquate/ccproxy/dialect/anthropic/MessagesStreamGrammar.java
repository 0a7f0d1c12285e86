package com.visiquate.ccproxy.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of Messages as strictly as the strictest client does, and fails at the first thing
 * that one of them would not take. Collects what was told.
 */
public final class MessagesStreamGrammar {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> REASONS =
      Set.of("end_turn", "max_tokens", "tool_use", "stop_sequence");
  private static final List<String> COUNTERS =
      List.of(
          "input_tokens",
          "cache_creation_input_tokens",
          "cache_read_input_tokens",
          "output_tokens");

  /** One content block that is complete; the other parts are empty. */
  public record Block(String type, String text, String signature, String id, JsonNode input) {}

  public final List<Block> blocks = new ArrayList<>();
  public final List<String> names = new ArrayList<>();
  public @Nullable String stopReason;
  public @Nullable String stopSequence;
  public @Nullable String errorType;
  public JsonNode usage = JSON.missingNode();
  private boolean started;
  private boolean delta;
  private boolean over;
  private @Nullable JsonNode open;
  private final StringBuilder text = new StringBuilder();
  private String signature = "";

  /** Checks as much of a stream as there is. */
  public static MessagesStreamGrammar check(String stream) {
    MessagesStreamGrammar grammar = new MessagesStreamGrammar();
    assertThat(stream.isEmpty() || stream.endsWith("\n\n")).as("whole frames").isTrue();
    for (String frame : stream.split("\n\n", -1)) {
      if (!frame.isEmpty()) {
        grammar.frame(frame);
      }
    }
    return grammar;
  }

  /** Checks a stream that must have come to an end. */
  public static MessagesStreamGrammar complete(String stream) {
    MessagesStreamGrammar grammar = check(stream);
    assertThat(grammar.over).as("ended").isTrue();
    return grammar;
  }

  /** All text blocks together. */
  public String text() {
    return told("text");
  }

  public String thinking() {
    return told("thinking");
  }

  private String told(String type) {
    StringBuilder all = new StringBuilder();
    blocks.stream().filter(block -> block.type.equals(type)).forEach(b -> all.append(b.text));
    return all.toString();
  }

  private void frame(String frame) {
    String[] lines = frame.split("\n", -1);
    assertThat(lines).as(frame).hasSize(2);
    assertThat(lines[0]).startsWith("event: ");
    assertThat(lines[1]).startsWith("data: ");
    JsonNode data = parse(lines[1].substring(6));
    String name = lines[0].substring(7);
    assertThat(data.path("type").asText()).isEqualTo(name);
    assertThat(over).as("nothing follows the end: " + name).isFalse();
    names.add(name);
    event(name, data);
  }

  private void event(String name, JsonNode data) {
    switch (name) {
      case "ping" -> assertThat(data.size()).isEqualTo(1);
      case "message_start" -> start(data.path("message"));
      case "content_block_start" -> blockStart(data);
      case "content_block_delta" -> blockDelta(data);
      case "content_block_stop" -> blockStop(data);
      case "message_delta" -> messageDelta(data);
      case "message_stop" -> {
        assertThat(delta).as("message_delta before message_stop").isTrue();
        over = true;
      }
      case "error" -> error(data);
      default -> throw new AssertionError("unknown event: " + name);
    }
  }

  private void start(JsonNode message) {
    assertThat(started).as("only one message_start").isFalse();
    started = true;
    assertThat(message.path("id").asText()).startsWith("msg_");
    assertThat(message.path("type").asText()).isEqualTo("message");
    assertThat(message.path("role").asText()).isEqualTo("assistant");
    assertThat(message.path("model").asText()).isNotEmpty();
    assertThat(message.path("content").isArray() && message.path("content").isEmpty()).isTrue();
    assertThat(message.path("stop_reason").isNull()).isTrue();
    assertThat(message.path("stop_sequence").isNull()).isTrue();
    counters(message.path("usage"));
    assertThat(message.path("usage").path("input_tokens").asInt()).isPositive();
  }

  private void blockStart(JsonNode data) {
    assertThat(started && !delta).as("a block inside the message").isTrue();
    assertThat(open).as("one block at a time").isNull();
    assertThat(data.path("index").asInt(-1)).as("contiguous").isEqualTo(blocks.size());
    JsonNode block = data.path("content_block");
    String expected =
        switch (block.path("type").asText()) {
          case "text" -> "{\"type\":\"text\",\"text\":\"\"}";
          case "thinking" -> "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}";
          case "tool_use" ->
              "{\"type\":\"tool_use\",\"id\":%s,\"name\":%s,\"input\":{}}"
                  .formatted(block.path("id"), block.path("name"));
          default -> throw new AssertionError("unknown block: " + block);
        };
    assertThat(block.toString()).isEqualTo(expected);
    open = block;
    text.setLength(0);
    signature = "";
  }

  private void blockDelta(JsonNode data) {
    JsonNode block = opened(data);
    JsonNode piece = data.path("delta");
    String kind = piece.path("type").asText();
    assertThat(signature).as("nothing after the signature").isEmpty();
    switch (block.path("type").asText() + "/" + kind) {
      case "text/text_delta" -> append(piece.path("text"));
      case "thinking/thinking_delta" -> append(piece.path("thinking"));
      case "thinking/signature_delta" -> signature = piece.path("signature").asText();
      case "tool_use/input_json_delta" -> append(piece.path("partial_json"));
      default -> throw new AssertionError(kind + " in " + block);
    }
  }

  private void append(JsonNode piece) {
    assertThat(piece.isTextual()).isTrue();
    text.append(piece.textValue());
  }

  private void blockStop(JsonNode data) {
    JsonNode block = opened(data);
    String type = block.path("type").asText();
    JsonNode input = JSON.missingNode();
    if (type.equals("tool_use")) {
      assertThat(block.path("id").asText()).matches("toolu_[A-Za-z0-9_-]+");
      assertThat(blocks).extracting(Block::id).doesNotContain(block.path("id").asText());
      input = parse(text.toString());
      assertThat(input.isObject()).as("input is an object").isTrue();
    }
    assertThat(signature.isEmpty()).as("thinking is signed").isEqualTo(!type.equals("thinking"));
    blocks.add(new Block(type, text.toString(), signature, block.path("id").asText(""), input));
    open = null;
  }

  private JsonNode opened(JsonNode data) {
    JsonNode block = open;
    assertThat(block).as("a block is open").isNotNull();
    assertThat(data.path("index").asInt(-1)).isEqualTo(blocks.size());
    return Objects.requireNonNull(block);
  }

  private void messageDelta(JsonNode data) {
    assertThat(started && !delta).as("one message_delta, inside the message").isTrue();
    assertThat(open).as("all blocks are closed").isNull();
    delta = true;
    stopReason = data.path("delta").path("stop_reason").asText();
    assertThat(REASONS).contains(stopReason);
    JsonNode sequence = data.path("delta").path("stop_sequence");
    assertThat(sequence.isTextual()).isEqualTo(stopReason.equals("stop_sequence"));
    stopSequence = sequence.isTextual() ? sequence.textValue() : null;
    usage = data.path("usage");
    counters(usage);
    boolean called = blocks.stream().anyMatch(block -> block.type.equals("tool_use"));
    assertThat(stopReason.equals("tool_use"))
        .as("tool_use exactly when a tool was called")
        .isEqualTo(called && stopSequence == null);
  }

  private static void counters(JsonNode usage) {
    COUNTERS.forEach(name -> assertThat(usage.path(name).isInt()).as(name).isTrue());
  }

  private void error(JsonNode data) {
    over = true;
    errorType = data.path("error").path("type").asText();
    assertThat(data.path("error").path("message").asText()).isNotEmpty();
    assertThat(data.path("request_id").asText()).startsWith("req_");
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException malformed) {
      throw new UncheckedIOException(json, malformed);
    }
  }
}
