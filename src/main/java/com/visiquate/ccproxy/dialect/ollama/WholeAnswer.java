package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.ollama.Shape.Piece;
import java.util.ArrayList;
import java.util.List;

/** An answer in one piece; owns everything that was said until it is complete. */
final class WholeAnswer implements Answer {
  private final Lines lines;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final List<ToolCall> calls = new ArrayList<>();
  private final List<TokenLogprob> logprobs = new ArrayList<>();
  private boolean over;

  WholeAnswer(Lines lines) {
    this.lines = lines;
  }

  @Override
  public String contentType() {
    return "application/json; charset=utf-8";
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    if (over) {
      return;
    }
    switch (event) {
      case ChatEvent.Text piece -> {
        text.append(piece.text());
        logprobs.addAll(piece.logprobs());
      }
      case ChatEvent.Thinking piece -> thinking.append(piece.text());
      case ChatEvent.Embedded embedded -> {}
      case ChatEvent.Call call -> calls.add(call.call());
      case ChatEvent.Finished finished -> {
        over = true;
        lines.last(
            new Piece(text.toString(), thinking.toString(), calls, 0), logprobs, finished, out);
      }
    }
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    if (!over) {
      over = true;
      Errors.write(failure, out);
    }
  }
}
