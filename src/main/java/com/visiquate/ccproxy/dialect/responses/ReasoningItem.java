package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.List;

/** What a model thinks. It stands in the summary, the one place where all clients look. */
final class ReasoningItem implements OpenItem {
  static final String PREFIX = "rs_";
  private static final byte[] DELTA = Events.prefix("response.reasoning_summary_text.delta");

  private final String id;
  private final int index;
  private final boolean seals;
  private final byte[] place;
  private final StringBuilder text = new StringBuilder();

  ReasoningItem(String exchange, int index, boolean seals) {
    id = ItemIds.output(PREFIX, exchange, index);
    this.index = index;
    this.seals = seals;
    place =
        ",\"item_id\":\"%s\",\"output_index\":%d,\"summary_index\":0"
            .formatted(id, index)
            .getBytes(UTF_8);
  }

  @Override
  public void open(Events events, ByteSink out) {
    events.begin("response.output_item.added", out).raw(",\"output_index\":").number(index);
    out.raw(",\"item\":").raw(item("in_progress", "", ""));
    events.end(out);
    events.begin("response.reasoning_summary_part.added", out).bytes(place);
    out.raw(",\"part\":").raw(part());
    events.end(out);
  }

  @Override
  public void add(String piece, List<TokenLogprob> none, Events events, ByteSink out) {
    text.append(piece);
    events.begin(DELTA, out).bytes(place).raw(",\"delta\":").json(piece);
    events.end(out);
  }

  @Override
  public String close(String status, Events events, ByteSink out) {
    events.begin("response.reasoning_summary_text.done", out).bytes(place);
    out.raw(",\"text\":").json(text.toString());
    events.end(out);
    String part = part();
    events.begin("response.reasoning_summary_part.done", out).bytes(place);
    out.raw(",\"part\":").raw(part);
    events.end(out);
    String item = item(status, part, seals ? Thoughts.sealed(text.toString()) : "");
    events.begin("response.output_item.done", out).raw(",\"output_index\":").number(index);
    out.raw(",\"item\":").raw(item);
    events.end(out);
    return item;
  }

  private String part() {
    ByteSink out = new ByteSink().raw("{\"type\":\"summary_text\",\"text\":");
    return Written.text(out.json(text.toString()).raw("}"));
  }

  private String item(String status, String summary, String seal) {
    return "{\"id\":\"%s\",\"type\":\"reasoning\",\"status\":\"%s\",\"summary\":["
            .formatted(id, status)
        + summary
        + (seal.isEmpty() ? "],\"encrypted_content\":null}" : "],\"encrypted_content\":\"")
        + (seal.isEmpty() ? "" : seal + "\"}");
  }
}
