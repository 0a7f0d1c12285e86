package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.chat.Utf8;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Identity;

/**
 * A streamed answer: server-sent events with one block open at a time, numbered without gaps.
 *
 * <p>A change of kind closes the open block and opens the next before anything of it is written.
 */
final class StreamedBlocks implements Blocks {
  private enum Kind {
    NONE,
    THINKING,
    TEXT
  }

  private static final byte[] PING = bytes("event: ping\ndata: {\"type\": \"ping\"}\n\n");
  private static final byte[] STOP =
      bytes("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
  private static final byte[] END_OF_DELTA = bytes("}}\n\n");

  /**
   * After so many heartbeats the message begins although nothing was said. Until then an error is
   * the first event, which clients take for a status and retry; but Claude Code gives up after five
   * minutes without an event other than pings. At ten seconds a heartbeat this is three minutes, at
   * fifteen it is still early enough.
   */
  private static final int PATIENT_HEARTBEATS = 18;

  private final MessagesForm form;
  private final Identity identity;
  private final StringBuilder hidden = new StringBuilder();
  private Kind open = Kind.NONE;
  private byte[] delta = {};
  private int index = -1;
  private int heartbeats;
  private boolean started;

  StreamedBlocks(MessagesForm form, Identity identity) {
    this.form = form;
    this.identity = identity;
  }

  @Override
  public String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public void thinking(String piece, ByteSink out) {
    open(Kind.THINKING, out);
    if (form.hidesThinking()) {
      hidden.append(piece);
    } else {
      out.bytes(delta).json(piece).bytes(END_OF_DELTA);
    }
  }

  @Override
  public void text(String piece, ByteSink out) {
    open(Kind.TEXT, out);
    out.bytes(delta).json(piece).bytes(END_OF_DELTA);
  }

  @Override
  public void call(ToolCall call, ByteSink out) {
    start(out);
    close(out);
    index++;
    event("content_block_start", out).raw(",\"index\":").number(index);
    out.raw(",\"content_block\":{\"type\":\"tool_use\",\"id\":");
    out.json(ToolIds.toClient(call.id())).raw(",\"name\":").json(call.name());
    out.raw(",\"input\":{}}}\n\n").bytes(delta("input_json_delta", "partial_json"));
    out.json(call.arguments().text()).bytes(END_OF_DELTA);
    stopBlock(out);
  }

  @Override
  public void compaction(String summary, ByteSink out) {
    start(out);
    index++;
    event("content_block_start", out).raw(",\"index\":").number(index);
    out.raw(",\"content_block\":{\"type\":\"compaction\",\"content\":null}}\n\n");
    out.bytes(delta("compaction_delta", "content")).nullable(summary).bytes(END_OF_DELTA);
    stopBlock(out);
  }

  @Override
  public void end(Ending ending, Counts counts, ByteSink out) {
    start(out);
    close(out);
    ending.write(event("message_delta", out).raw(",\"delta\":{"));
    Usage.exact(counts, out.raw("},\"usage\":"));
    out.raw("}\n\n").bytes(STOP);
  }

  /** While thinking is hidden its block shows that there is more of it: a ping would not. */
  @Override
  public void heartbeat(ByteSink out) {
    if (open == Kind.THINKING && form.hidesThinking()) {
      out.bytes(delta).json("").bytes(END_OF_DELTA);
      return;
    }
    heartbeats++;
    if (heartbeats == PATIENT_HEARTBEATS && !started) {
      start(out);
    } else {
      out.bytes(PING);
    }
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    out.raw("event: error\ndata: ");
    Errors.late(failure, identity.id(), out);
    out.raw("\n\n");
  }

  private void start(ByteSink out) {
    if (started) {
      return;
    }
    started = true;
    event("message_start", out).raw(",\"message\":{\"id\":").json("msg_" + identity.id());
    out.raw(",\"type\":\"message\",\"role\":\"assistant\",\"model\":").json(identity.model());
    out.raw(",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":");
    Usage.estimated(form.inputTokens(), out);
    out.raw("}}\n\n").bytes(PING);
  }

  private void open(Kind kind, ByteSink out) {
    if (open == kind) {
      return;
    }
    start(out);
    close(out);
    index++;
    open = kind;
    boolean text = kind == Kind.TEXT;
    event("content_block_start", out).raw(",\"index\":").number(index);
    out.raw(",\"content_block\":{\"type\":");
    out.raw(text ? "\"text\",\"text\":\"\"" : "\"thinking\",\"thinking\":\"\",\"signature\":\"\"");
    out.raw("}}\n\n");
    delta = text ? delta("text_delta", "text") : delta("thinking_delta", "thinking");
  }

  private void close(ByteSink out) {
    if (open == Kind.NONE) {
      return;
    }
    if (open == Kind.THINKING) {
      String signature =
          form.hidesThinking() ? Signature.hiding(hidden.toString()) : Signature.SHOWN;
      out.bytes(delta("signature_delta", "signature")).json(signature).bytes(END_OF_DELTA);
      hidden.setLength(0);
    }
    open = Kind.NONE;
    stopBlock(out);
  }

  private void stopBlock(ByteSink out) {
    event("content_block_stop", out).raw(",\"index\":").number(index).raw("}\n\n");
  }

  /** Everything of a delta that comes before its value: the same for all of a block. */
  private byte[] delta(String type, String field) {
    ByteSink sink = new ByteSink(160);
    event("content_block_delta", sink).raw(",\"index\":").number(index);
    return sink.raw(",\"delta\":{\"type\":").json(type).raw(",").json(field).raw(":").take();
  }

  /** Clients go by the name of an event, and drop one that has none. */
  private static ByteSink event(String name, ByteSink out) {
    return out.raw("event: ").raw(name).raw("\ndata: {\"type\":").json(name);
  }

  private static byte[] bytes(String text) {
    return Utf8.bytes(text);
  }
}
