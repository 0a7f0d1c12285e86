package com.visiquate.ccproxy.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.chat.Utf8;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;

/**
 * A response that is remembered, as the stream that once built it, each text in one piece; owns the
 * frames so far.
 */
final class Replay {
  private final ByteSink out = new ByteSink();
  private final Events events = new Events();
  private final int after;
  private int number;

  private Replay(int after) {
    this.after = after;
  }

  /**
   * The whole stream.
   *
   * @param after the number of the last event that its client has seen; -1 for none
   */
  static byte[] of(StoredResponse response, int after) {
    Replay replay = new Replay(after);
    replay.response(response);
    return replay.out.take();
  }

  private void response(StoredResponse response) {
    Field body = field(response.body());
    String begun = ",\"response\":" + begun(body);
    event("response.created", begun);
    event("response.in_progress", begun);
    for (int i = 0; i < response.output().size(); i++) {
      item(i, field(response.output().get(i)));
    }
    event("response." + body.at("status").text(), ",\"response\":" + response.body().text());
  }

  private void item(int index, Field item) {
    String at = ",\"output_index\":" + index;
    event("response.output_item.added", at + ",\"item\":" + empty(item));
    String place = ",\"item_id\":" + item.at("id").raw().text() + at;
    switch (item.at("type").text()) {
      case "message" -> item.at("content").items().forEach(part -> spoken(part, place));
      case "reasoning" -> item.at("summary").items().forEach(part -> thought(part, place));
      case "function_call" -> {
        String name = ",\"name\":" + item.at("name").raw().text();
        called("response.function_call_arguments", item, "arguments", place, name);
      }
      case "custom_tool_call" ->
          called("response.custom_tool_call_input", item, "input", place, "");
      // Of the others there are no pieces.
      default -> {}
    }
    event("response.output_item.done", at + ",\"item\":" + item.raw().text());
  }

  private void spoken(Field part, String item) {
    String place = item + ",\"content_index\":0";
    String said = part.at("text").raw().text();
    String logprobs = ",\"logprobs\":" + part.at("logprobs").raw().text();
    event(
        "response.content_part.added",
        place
            + ",\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[],\"logprobs\":[]}");
    event("response.output_text.delta", place + ",\"delta\":" + said + logprobs);
    event("response.output_text.done", place + ",\"text\":" + said + logprobs);
    event("response.content_part.done", place + ",\"part\":" + part.raw().text());
  }

  private void thought(Field part, String item) {
    String place = item + ",\"summary_index\":0";
    String said = part.at("text").raw().text();
    event(
        "response.reasoning_summary_part.added",
        place + ",\"part\":{\"type\":\"summary_text\",\"text\":\"\"}");
    event("response.reasoning_summary_text.delta", place + ",\"delta\":" + said);
    event("response.reasoning_summary_text.done", place + ",\"text\":" + said);
    event("response.reasoning_summary_part.done", place + ",\"part\":" + part.raw().text());
  }

  private void called(String type, Field item, String member, String place, String more) {
    String said = item.at(member).raw().text();
    event(type + ".delta", place + ",\"delta\":" + said);
    event(type + ".done", place + more + ",\"" + member + "\":" + said);
  }

  private void event(String type, String members) {
    ByteSink frame = new ByteSink();
    events.begin(type, frame).raw(members);
    events.end(frame);
    if (number++ > after) {
      out.bytes(frame.take());
    }
  }

  /** The response as it was before it said anything. */
  private static String begun(Field response) {
    ObjectNode copy = response.node().deepCopy();
    copy.put("status", "in_progress").putNull("usage").putNull("incomplete_details");
    copy.putArray("output");
    return new Field(copy, "").raw().text();
  }

  /** An item as it was before anything stood in it. */
  private static String empty(Field item) {
    ObjectNode copy = item.node().deepCopy();
    copy.put("status", "in_progress");
    for (String list : new String[] {"content", "summary"}) {
      if (copy.has(list)) {
        copy.putArray(list);
      }
    }
    for (String text : new String[] {"arguments", "input"}) {
      if (copy.path(text).isTextual()) {
        copy.put(text, "");
      }
    }
    if (copy.has("encrypted_content")) {
      copy.putNull("encrypted_content");
    }
    return new Field(copy, "").raw().text();
  }

  private static Field field(RawJson json) {
    return Field.parse(Utf8.bytes(json.text()));
  }
}
