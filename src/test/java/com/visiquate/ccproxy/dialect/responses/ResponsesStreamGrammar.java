package com.visiquate.ccproxy.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that a stream is one that every client of the Responses API accepts, and hears what it
 * says. Its rules are those of the strictest clients taken together.
 */
public final class ResponsesStreamGrammar {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> items = new ArrayList<>();
  private final List<String> types = new ArrayList<>();
  private final StringBuilder pieces = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private JsonNode open = JSON.nullNode();
  private JsonNode response = JSON.nullNode();
  private String responseId = "";
  private boolean partOpen;
  private boolean partDone;
  private boolean over;

  private ResponsesStreamGrammar() {}

  /** A complete stream; fails when it breaks a rule. */
  public static ResponsesStreamGrammar check(String stream) {
    ResponsesStreamGrammar grammar = new ResponsesStreamGrammar();
    grammar.hear(stream);
    assertThat(grammar.over).as("the terminal event came").isTrue();
    return grammar;
  }

  /** A stream that still goes on. */
  public static ResponsesStreamGrammar checkBeginning(String stream) {
    ResponsesStreamGrammar grammar = new ResponsesStreamGrammar();
    grammar.hear(stream);
    return grammar;
  }

  public String text() {
    return text.toString();
  }

  public String thinking() {
    return thinking.toString();
  }

  /** All items that were done, in order. */
  public List<JsonNode> items() {
    return List.copyOf(items);
  }

  /** The types of all events, in order. */
  public List<String> types() {
    return List.copyOf(types);
  }

  /** The response as the last event that had one shows it. */
  public JsonNode response() {
    return response;
  }

  private void hear(String stream) {
    assertThat(stream).endsWith("\n\n").doesNotContain("[DONE]").doesNotContain("\r");
    for (String frame : stream.substring(0, stream.length() - 2).split("\n\n", -1)) {
      String[] lines = frame.split("\n", -1);
      assertThat(lines).hasSize(2);
      assertThat(lines[0]).startsWith("event: ");
      assertThat(lines[1]).startsWith("data: {");
      event(lines[0].substring(7), parse(lines[1].substring(6)));
    }
  }

  private void event(String name, JsonNode data) {
    assertThat(over).as("nothing follows the terminal event").isFalse();
    assertThat(data.get("type").textValue()).isEqualTo(name);
    assertThat(data.get("sequence_number").intValue()).isEqualTo(types.size());
    assertThat(types.isEmpty()).isEqualTo(name.equals("response.created"));
    types.add(name);
    switch (name) {
      case "response.created", "response.in_progress" -> progress(data.get("response"));
      case "response.completed", "response.incomplete", "response.failed" -> end(name, data);
      case "response.output_item.added" -> added(data);
      case "response.output_item.done" -> done(data);
      default -> ofItem(name, data);
    }
  }

  private void progress(JsonNode shown) {
    response(shown, "in_progress");
    assertThat(shown.get("usage").isNull()).isTrue();
  }

  private void response(JsonNode shown, String status) {
    response = shown;
    responseId = responseId.isEmpty() ? shown.get("id").textValue() : responseId;
    assertThat(shown.get("id").textValue()).isEqualTo(responseId).startsWith("resp_");
    assertThat(shown.get("object").textValue()).isEqualTo("response");
    assertThat(shown.get("status").textValue()).isEqualTo(status);
    assertThat(shown.get("output").size()).isEqualTo(items.size());
    for (int i = 0; i < items.size(); i++) {
      assertThat(shown.get("output").get(i)).isEqualTo(items.get(i));
    }
  }

  private void end(String name, JsonNode data) {
    over = true;
    JsonNode shown = data.get("response");
    response(shown, name.substring("response.".length()));
    boolean failed = name.equals("response.failed");
    assertThat(shown.get("error").isObject()).isEqualTo(failed);
    assertThat(shown.get("incomplete_details").isObject())
        .isEqualTo(name.equals("response.incomplete"));
    if (failed) {
      assertThat(shown.get("error").get("code").textValue()).isNotBlank();
      assertThat(shown.get("error").get("message").textValue()).isNotBlank();
      return;
    }
    assertThat(open.isNull()).as("every item is closed").isTrue();
    JsonNode usage = shown.get("usage");
    assertThat(usage.get("total_tokens").intValue())
        .isEqualTo(usage.get("input_tokens").intValue() + usage.get("output_tokens").intValue());
    assertThat(usage.get("input_tokens_details").get("cached_tokens").isInt()).isTrue();
    assertThat(usage.get("output_tokens_details").get("reasoning_tokens").isInt()).isTrue();
  }

  private void added(JsonNode data) {
    assertThat(open.isNull()).as("one item is open at a time").isTrue();
    assertThat(data.get("output_index").intValue()).isEqualTo(items.size());
    open = data.get("item");
    assertStatus(open, "in_progress");
    items.forEach(item -> assertThat(item.get("id")).isNotEqualTo(open.get("id")));
    pieces.setLength(0);
    partOpen = false;
    partDone = false;
  }

  private void done(JsonNode data) {
    JsonNode item = data.get("item");
    place(data.get("output_index"), item.get("id"));
    assertThat(item.get("type")).isEqualTo(open.get("type"));
    assertStatus(item, "completed", "incomplete");
    assertThat(partOpen).as("the part is closed").isFalse();
    switch (item.get("type").textValue()) {
      case "message" -> text.append(said(item.get("content").get(0)));
      case "reasoning" -> thinking.append(said(item.get("summary").get(0)));
      case "function_call" -> assertThat(item.get("arguments").textValue()).isEqualTo(heard());
      case "custom_tool_call" -> assertThat(item.get("input").textValue()).isEqualTo(heard());
      default -> assertThat(pieces).isEmpty();
    }
    items.add(item);
    open = JSON.nullNode();
  }

  /** A summary has none: it is there or it is not. */
  private static void assertStatus(JsonNode item, String... statuses) {
    if (!item.get("type").textValue().equals("compaction")) {
      assertThat(item.get("status").textValue()).isIn((Object[]) statuses);
    }
  }

  private String said(JsonNode part) {
    assertThat(partDone).isTrue();
    assertThat(part.get("text").textValue()).isEqualTo(heard());
    return heard();
  }

  private void ofItem(String name, JsonNode data) {
    place(data.get("output_index"), data.get("item_id"));
    String prefix = "response." + family();
    switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "added" -> {
        assertThat(partOpen || partDone).isFalse();
        partOpen = true;
      }
      case "delta" -> {
        assertThat(name).isEqualTo(prefix + ".delta");
        pieces.append(data.get("delta").textValue());
      }
      case "done" -> ofItemDone(name, prefix, data);
      default -> assertThat(name).as("a known event").isEmpty();
    }
  }

  private void ofItemDone(String name, String prefix, JsonNode data) {
    if (name.endsWith("part.done")) {
      assertThat(partOpen).isTrue();
      partOpen = false;
      partDone = true;
      assertThat(data.get("part").get("text").textValue()).isEqualTo(heard());
      return;
    }
    assertThat(name).isEqualTo(prefix + ".done");
    List<String> whole = data.findValuesAsText(member());
    assertThat(whole).containsExactly(heard());
  }

  private String family() {
    return switch (open.get("type").textValue()) {
      case "message" -> "output_text";
      case "reasoning" -> "reasoning_summary_text";
      case "function_call" -> "function_call_arguments";
      case "custom_tool_call" -> "custom_tool_call_input";
      default -> "none";
    };
  }

  private String member() {
    return switch (open.get("type").textValue()) {
      case "function_call" -> "arguments";
      case "custom_tool_call" -> "input";
      default -> "text";
    };
  }

  private void place(JsonNode index, JsonNode id) {
    assertThat(open.isNull()).as("an item is open").isFalse();
    assertThat(index.intValue()).isEqualTo(items.size());
    assertThat(id).isEqualTo(open.get("id"));
  }

  private String heard() {
    return pieces.toString();
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }
}
