package com.visiquate.ccproxy.dialect.completions;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import java.util.List;

/** An answer in one piece; owns its choices until all of them are complete. */
final class WholeCompletion implements Answer {
  private final Envelope envelope;
  private final Usage usage;
  private final List<Choice> choices;
  private boolean over;

  WholeCompletion(CompletionForm form, Envelope envelope) {
    this.envelope = envelope;
    usage = new Usage(form);
    choices = form.echoes().stream().map(echo -> new Choice(echo, form.topLogprobs())).toList();
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    said(0, event, out);
  }

  @Override
  public void said(int index, ChatEvent event, ByteSink out) {
    Choice choice = choices.get(index);
    if (over || choice.isFinished()) {
      return;
    }
    switch (event) {
      case ChatEvent.Text text -> choice.add(text);
      case ChatEvent.Finished finished -> {
        usage.add(index, finished.counts());
        choice.finish(finished.reason());
        writeIfComplete(out);
      }
      // A text that goes on is neither thought about nor does it call anything.
      case ChatEvent.Thinking thinking -> {}
      case ChatEvent.Call call -> {}
      case ChatEvent.Embedded embedded -> {}
    }
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    if (!over) {
      over = true;
      // Errors do not show their request's id in this family.
      out.bytes(new OpenAiChat().error(failure, ""));
    }
  }

  private void writeIfComplete(ByteSink out) {
    if (!choices.stream().allMatch(Choice::isFinished)) {
      return;
    }
    over = true;
    envelope.open(out);
    for (int i = 0; i < choices.size(); i++) {
      choices.get(i).write(i, out.raw(i == 0 ? "" : ","));
    }
    envelope.close(usage, out);
  }
}
