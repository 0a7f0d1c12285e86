package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.ArrayList;
import java.util.List;

/** The text that a model says to the user; one part, whatever its length. */
final class MessageItem implements OpenItem {
  static final String PREFIX = "msg_";
  private static final byte[] DELTA = Events.prefix("response.output_text.delta");

  private final String id;
  private final int index;
  private final byte[] place;
  private final StringBuilder text = new StringBuilder();
  private final List<TokenLogprob> logprobs = new ArrayList<>();

  MessageItem(String exchange, int index) {
    id = ItemIds.output(PREFIX, exchange, index);
    this.index = index;
    place =
        ",\"item_id\":\"%s\",\"output_index\":%d,\"content_index\":0"
            .formatted(id, index)
            .getBytes(UTF_8);
  }

  @Override
  public void open(Events events, ByteSink out) {
    events.begin("response.output_item.added", out).raw(",\"output_index\":").number(index);
    out.raw(",\"item\":").raw(item("in_progress", ""));
    events.end(out);
    events.begin("response.content_part.added", out).bytes(place);
    out.raw(",\"part\":").raw(part());
    events.end(out);
  }

  @Override
  public void add(String piece, List<TokenLogprob> tokens, Events events, ByteSink out) {
    text.append(piece);
    logprobs.addAll(tokens);
    events.begin(DELTA, out).bytes(place).raw(",\"delta\":").json(piece).raw(",\"logprobs\":");
    Logprobs.write(tokens, out);
    events.end(out);
  }

  @Override
  public String close(String status, Events events, ByteSink out) {
    events.begin("response.output_text.done", out).bytes(place);
    out.raw(",\"text\":").json(text.toString()).raw(",\"logprobs\":");
    Logprobs.write(logprobs, out);
    events.end(out);
    String part = part();
    events.begin("response.content_part.done", out).bytes(place).raw(",\"part\":").raw(part);
    events.end(out);
    String item = item(status, part);
    events.begin("response.output_item.done", out).raw(",\"output_index\":").number(index);
    out.raw(",\"item\":").raw(item);
    events.end(out);
    return item;
  }

  private String part() {
    ByteSink out = new ByteSink().raw("{\"type\":\"output_text\",\"text\":").json(text.toString());
    Logprobs.write(logprobs, out.raw(",\"annotations\":[],\"logprobs\":"));
    return Written.text(out.raw("}"));
  }

  private String item(String status, String content) {
    return "{\"id\":\"%s\",\"type\":\"message\",\"status\":\"%s\",\"role\":\"assistant\",\"content\":["
            .formatted(id, status)
        + content
        + "]}";
  }
}
