package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Identity;

/** An answer in one piece; owns its blocks until it is complete. */
final class WholeBlocks implements Blocks {
  private final MessagesForm form;
  private final Identity identity;
  private final ByteSink content = new ByteSink();
  private final StringBuilder thinking = new StringBuilder();
  private final StringBuilder text = new StringBuilder();

  WholeBlocks(MessagesForm form, Identity identity) {
    this.form = form;
    this.identity = identity;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public void thinking(String piece, ByteSink out) {
    closeText();
    thinking.append(piece);
  }

  @Override
  public void text(String piece, ByteSink out) {
    closeThinking();
    text.append(piece);
  }

  @Override
  public void call(ToolCall call, ByteSink out) {
    close();
    block("tool_use").raw(",\"id\":").json(ToolIds.toClient(call.id()));
    content.raw(",\"name\":").json(call.name());
    content.raw(",\"input\":").raw(call.arguments().text()).raw("}");
  }

  @Override
  public void compaction(String summary, ByteSink out) {
    block("compaction").raw(",\"content\":").nullable(summary).raw("}");
  }

  @Override
  public void end(Ending ending, Counts counts, ByteSink out) {
    close();
    out.raw("{\"id\":").json("msg_" + identity.id());
    out.raw(",\"type\":\"message\",\"role\":\"assistant\",\"model\":").json(identity.model());
    out.raw(",\"content\":[").bytes(content.take()).raw("],");
    ending.write(out);
    out.raw(",\"stop_details\":null,\"container\":null,\"usage\":");
    Usage.whole(counts, out);
    out.raw("}");
  }

  @Override
  public void heartbeat(ByteSink out) {
    out.raw(Answer.BLANK);
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    Errors.late(failure, identity.id(), out);
  }

  private void close() {
    closeThinking();
    closeText();
  }

  private void closeThinking() {
    if (thinking.isEmpty()) {
      return;
    }
    boolean hides = form.hidesThinking();
    block("thinking").raw(",\"thinking\":").json(hides ? "" : thinking.toString());
    content.raw(",\"signature\":");
    content.json(hides ? Signature.hiding(thinking.toString()) : Signature.SHOWN).raw("}");
    thinking.setLength(0);
  }

  private void closeText() {
    if (!text.isEmpty()) {
      block("text").raw(",\"text\":").json(text.toString()).raw(",\"citations\":null}");
      text.setLength(0);
    }
  }

  private ByteSink block(String type) {
    return content.raw(content.isEmpty() ? "" : ",").raw("{\"type\":").json(type);
  }
}
