package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.ollama.Shape.Piece;
import java.util.List;

/** A streamed answer: one line of JSON for each event. */
final class StreamedLines implements Answer {
  private final Lines lines;
  private int calls;
  private boolean over;

  StreamedLines(Lines lines) {
    this.lines = lines;
  }

  @Override
  public String contentType() {
    return "application/x-ndjson";
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    if (over) {
      return;
    }
    switch (event) {
      case ChatEvent.Embedded embedded -> {
        return;
      }
      case ChatEvent.Text text ->
          lines.more(new Piece(text.text(), "", List.of(), 0), text.logprobs(), out);
      case ChatEvent.Thinking thinking ->
          lines.more(new Piece("", thinking.text(), List.of(), 0), List.of(), out);
      case ChatEvent.Call call ->
          lines.more(new Piece("", "", List.of(call.call()), calls++), List.of(), out);
      case ChatEvent.Finished finished -> {
        over = true;
        lines.last(Piece.NOTHING, List.of(), finished, out);
      }
    }
    out.raw("\n");
  }

  /** Lines have no comments, and some clients take an empty one for broken JSON. */
  @Override
  public void heartbeat(ByteSink out) {
    if (!over) {
      lines.more(Piece.NOTHING, List.of(), out);
      out.raw("\n");
    }
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    if (!over) {
      over = true;
      Errors.write(failure, out);
      out.raw("\n");
    }
  }
}
