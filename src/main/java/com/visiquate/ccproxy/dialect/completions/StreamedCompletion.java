package com.visiquate.ccproxy.dialect.completions;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import java.util.List;

/**
 * A streamed answer: chunks of one choice each as server-sent events, in the order in which the
 * choices speak. Owns how far each of them has come.
 */
final class StreamedCompletion implements Answer {
  /** One line end: some clients take the empty line of two for an event without data. */
  private static final String PING = ": ping\n";

  private final CompletionForm form;
  private final Envelope envelope;
  private final Usage usage;
  private final boolean[] begun;
  private final boolean[] ended;
  private final int[] offsets;
  private int open;
  private boolean over;

  StreamedCompletion(CompletionForm form, Envelope envelope) {
    this.form = form;
    this.envelope = envelope;
    usage = new Usage(form);
    open = form.choices();
    begun = new boolean[open];
    ended = new boolean[open];
    offsets = new int[open];
  }

  @Override
  public String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    said(0, event, out);
  }

  @Override
  public void said(int choice, ChatEvent event, ByteSink out) {
    if (over || ended[choice]) {
      return;
    }
    echo(choice, out);
    switch (event) {
      case ChatEvent.Text text -> text(choice, text.text(), text.logprobs(), out);
      case ChatEvent.Finished finished -> finished(choice, finished, out);
      // A text that goes on is neither thought about nor does it call anything.
      case ChatEvent.Thinking thinking -> {}
      case ChatEvent.Call call -> {}
      case ChatEvent.Embedded embedded -> {}
    }
  }

  @Override
  public void heartbeat(ByteSink out) {
    if (!over) {
      out.raw(PING);
    }
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    if (!over) {
      over = true;
      // Errors do not show their request's id in this family.
      out.raw("data: ").bytes(new OpenAiChat().error(failure, "")).raw("\n\n");
    }
  }

  private void echo(int choice, ByteSink out) {
    if (!begun[choice]) {
      begun[choice] = true;
      String prompt = form.echoes().get(choice);
      if (!prompt.isEmpty()) {
        text(choice, prompt, List.of(), out);
      }
    }
  }

  private void text(int choice, String text, List<TokenLogprob> logprobs, ByteSink out) {
    Integer top = form.topLogprobs();
    open(choice, text, out);
    if (top == null || logprobs.isEmpty()) {
      out.raw("null");
    } else {
      Logprobs.write(logprobs, offsets[choice], top > 0, out);
    }
    offsets[choice] += Logprobs.length(text);
    close("null", out);
  }

  private void finished(int choice, ChatEvent.Finished finished, ByteSink out) {
    ended[choice] = true;
    usage.add(choice, finished.counts());
    open(choice, "", out);
    out.raw("null");
    close(finished.reason() == FinishReason.LENGTH ? "\"length\"" : "\"stop\"", out);
    open--;
    if (open == 0) {
      allFinished(out);
    }
  }

  private void allFinished(ByteSink out) {
    over = true;
    if (envelope.isAccounted()) {
      envelope.close(usage, envelope.open(out.raw("data: ")));
      out.raw("\n\n");
    }
    out.raw("data: [DONE]\n\n");
  }

  /** A chunk up to the value of its log probabilities. */
  private void open(int choice, String text, ByteSink out) {
    envelope.open(out.raw("data: "));
    out.raw("{\"text\":").json(text).raw(",\"index\":").number(choice).raw(",\"logprobs\":");
  }

  private void close(String reason, ByteSink out) {
    out.raw(",\"finish_reason\":").raw(reason).raw("}");
    envelope.close(out);
    out.raw("\n\n");
  }
}
