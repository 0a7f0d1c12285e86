package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.chat.Utf8;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Identity;

/**
 * A streamed answer: chunks as server-sent events. Everything that is the same in all chunks is
 * prepared once, because the text of a chunk is a few bytes and the rest of it two hundred.
 */
final class Stream implements Answer {
  private static final byte[] ROLE = bytes("{\"role\":\"assistant\",\"content\":\"\"}");
  private static final byte[] CONTENT = bytes("{\"content\":");
  private static final byte[] CLOSE = bytes("}");
  private static final byte[] REASONING_CONTENT = bytes("{\"reasoning_content\":");
  private static final byte[] REASONING = bytes(",\"reasoning\":");
  private static final byte[] LOGPROBS = bytes(",\"logprobs\":");
  private static final byte[] DONE = bytes("data: [DONE]\n\n");

  /** One line end: some clients take the empty line of two for an event without data. */
  private static final byte[] PING = bytes(": ping\n");

  private final ChatForm form;
  private final Tally tally = new Tally();
  private final byte[] head;
  private final byte[] open;
  private final byte[] end;
  private final byte[] tail;
  private boolean started;
  private boolean over;

  Stream(ChatForm form, Identity identity) {
    this.form = form;
    ByteSink sink = new ByteSink();
    sink.raw("data: {\"id\":").json("chatcmpl-" + identity.id());
    sink.raw(",\"object\":\"chat.completion.chunk\",\"created\":")
        .number(identity.createdSeconds());
    sink.raw(",\"model\":").json(identity.model());
    sink.raw(",\"system_fingerprint\":\"fp_ccproxy\",\"choices\":[");
    head = sink.take();
    open = sink.bytes(head).raw("{\"index\":0,\"delta\":").take();
    end = bytes(form.usage() ? "}],\"usage\":null}\n\n" : "}]}\n\n");
    tail = sink.raw(",\"logprobs\":null,\"finish_reason\":null").bytes(end).take();
  }

  @Override
  public String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    if (over) {
      return;
    }
    if (!started) {
      started = true;
      out.bytes(open).bytes(ROLE).bytes(tail);
    }
    switch (event) {
      case ChatEvent.Text text -> text(text, out);
      case ChatEvent.Thinking thinking -> thinking(thinking.text(), out);
      case ChatEvent.Call call -> call(call.call(), out);
      case ChatEvent.Embedded embedded -> {}
      case ChatEvent.Finished finished -> finished(finished, out);
    }
  }

  @Override
  public void heartbeat(ByteSink out) {
    if (!over) {
      out.bytes(PING);
    }
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    if (!over) {
      over = true;
      out.raw("data: ");
      Errors.write(failure, out);
      out.raw("\n\n");
    }
  }

  private void text(ChatEvent.Text text, ByteSink out) {
    out.bytes(open).bytes(CONTENT).json(text.text()).bytes(CLOSE);
    if (text.logprobs().isEmpty()) {
      out.bytes(tail);
    } else {
      out.bytes(LOGPROBS);
      Logprobs.write(text.logprobs(), out);
      out.raw(",\"finish_reason\":null").bytes(end);
    }
  }

  /** Under both names that are in use: half of the clients read one, half the other. */
  private void thinking(String text, ByteSink out) {
    tally.thought();
    if (form.hidesThinking()) {
      return;
    }
    out.bytes(open).bytes(REASONING_CONTENT).json(text);
    out.bytes(REASONING).json(text).bytes(CLOSE).bytes(tail);
  }

  private void call(ToolCall call, ByteSink out) {
    int index = tally.called();
    out.bytes(open);
    Calls.opening(call, index, form, out);
    out.bytes(tail).bytes(open);
    Calls.arguments(call, index, form, out);
    out.bytes(tail);
  }

  private void finished(ChatEvent.Finished finished, ByteSink out) {
    over = true;
    out.bytes(open).raw("{},\"logprobs\":null,\"finish_reason\":");
    out.json(tally.finishReason(finished.reason(), form)).bytes(end);
    if (form.usage()) {
      out.bytes(head).raw("],\"usage\":");
      tally.usage(finished.counts(), out);
      out.raw("}\n\n");
    }
    out.bytes(DONE);
  }

  private static byte[] bytes(String text) {
    return Utf8.bytes(text);
  }
}
