package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Embeddings in one piece; owns those of each part until all parts have come. */
final class EmbedAnswer implements Answer {
  private final EmbedForm form;
  private final String model;
  private final List<List<Embedding>> parts;
  private Counts counts = Counts.NONE;
  private int missing;

  EmbedAnswer(EmbedForm form, String model, int parts) {
    this.form = form;
    this.model = model;
    this.parts = new ArrayList<>(Collections.nCopies(parts, List.of()));
    this.missing = parts;
  }

  @Override
  public String contentType() {
    return "application/json; charset=utf-8";
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    said(0, event, out);
  }

  @Override
  public void said(int part, ChatEvent event, ByteSink out) {
    switch (event) {
      case ChatEvent.Embedded embedded -> parts.set(part, embedded.embeddings());
      case ChatEvent.Finished finished -> {
        add(finished.counts());
        missing--;
        if (missing == 0) {
          form.write(model, parts.stream().flatMap(List::stream).toList(), counts, out);
        }
      }
      case ChatEvent.Text text -> {}
      case ChatEvent.Thinking thinking -> {}
      case ChatEvent.Call call -> {}
    }
  }

  /** The parts run side by side: together they take as long as the last one. */
  private void add(Counts more) {
    long total = Math.max(counts.totalNanos(), more.totalNanos());
    long load = Math.max(counts.loadNanos(), more.loadNanos());
    int tokens = counts.promptTokens() + more.promptTokens();
    counts = new Counts(tokens, 0, 0, load, total - load, 0);
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    Errors.write(failure, out);
  }
}
