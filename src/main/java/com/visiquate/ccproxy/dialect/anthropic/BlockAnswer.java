package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;

/** Turns events into content blocks; owns how far the answer is and whether it was stopped. */
final class BlockAnswer implements Answer {
  private final Blocks blocks;
  private final StopTexts stops;
  private final Purpose purpose;
  private final StringBuilder summary = new StringBuilder();
  private boolean called;
  private boolean over;

  BlockAnswer(Blocks blocks, MessagesForm form) {
    this.blocks = blocks;
    stops = new StopTexts(form.stops());
    purpose = form.purpose();
  }

  @Override
  public String contentType() {
    return blocks.contentType();
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    if (over) {
      return;
    }
    if (event instanceof ChatEvent.Finished finished) {
      finished(finished, out);
    } else if (purpose != Purpose.ANSWER) {
      sumUp(event);
    } else if (stops.hit() == null) {
      piece(event, out);
    }
  }

  @Override
  public void heartbeat(ByteSink out) {
    if (!over) {
      blocks.heartbeat(out);
    }
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    if (!over) {
      over = true;
      text(stops.rest(), out);
      blocks.broke(failure, out);
    }
  }

  private void piece(ChatEvent event, ByteSink out) {
    if (event instanceof ChatEvent.Text text) {
      text(stops.pass(text.text()), out);
      return;
    }
    // Nothing but text can complete a stop text.
    text(stops.rest(), out);
    if (event instanceof ChatEvent.Thinking thinking) {
      blocks.thinking(thinking.text(), out);
    } else if (event instanceof ChatEvent.Call call) {
      called = true;
      blocks.call(call.call(), out);
    }
  }

  private void text(String text, ByteSink out) {
    if (!text.isEmpty()) {
      blocks.text(text, out);
    }
  }

  private void finished(ChatEvent.Finished finished, ByteSink out) {
    over = true;
    Counts counts = finished.counts();
    switch (purpose) {
      case WARMING -> blocks.end(Ending.NOTHING_SAID, counts.withoutOutput(), out);
      case COMPACTION -> {
        blocks.compaction(summary.toString().strip(), out);
        blocks.end(Ending.SUMMED_UP, counts, out);
      }
      case ANSWER -> {
        text(stops.rest(), out);
        blocks.end(Ending.of(finished.reason(), stops.hit(), called), counts, out);
      }
    }
  }

  /** Only text counts; what a prompt that is to be warmed says, nobody hears. */
  private void sumUp(ChatEvent event) {
    if (event instanceof ChatEvent.Text text) {
      summary.append(text.text());
    }
  }
}
