package com.visiquate.ccproxy.dialect.embeddings;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The answer to one embedding request; owns what its parts have said until all are there. Each part
 * is written when it comes, so that none of the work is left for the end.
 */
final class EmbeddingsAnswer implements Answer {
  private final EmbeddingForm form;
  private final String model;
  private final List<byte[]> written;
  private Counts counts = Counts.NONE;
  private int missing;
  private boolean over;

  EmbeddingsAnswer(EmbeddingForm form, String model) {
    this.form = form;
    this.model = model;
    missing = form.parts();
    written = new ArrayList<>(Stream.generate(() -> new byte[0]).limit(missing).toList());
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
  public void said(int part, ChatEvent event, ByteSink out) {
    if (over) {
      return;
    }
    switch (event) {
      case ChatEvent.Embedded embedded -> written.set(part, written(part, embedded.embeddings()));
      case ChatEvent.Finished finished -> {
        counts = counts.plus(finished.counts());
        missing--;
        writeIfComplete(out);
      }
      // Embedding models say nothing.
      case ChatEvent.Text text -> {}
      case ChatEvent.Thinking thinking -> {}
      case ChatEvent.Call call -> {}
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

  private byte[] written(int part, List<Embedding> embeddings) {
    ByteSink sink = new ByteSink(1 << 16);
    int index = part * form.partSize();
    for (Embedding embedding : embeddings) {
      sink.raw(index == 0 ? "" : ",").raw("{\"object\":\"embedding\",\"index\":").number(index++);
      sink.raw(",\"embedding\":");
      if (form.base64()) {
        Numbers.base64(embedding, sink);
      } else {
        Numbers.list(embedding, sink);
      }
      sink.raw("}");
    }
    return sink.take();
  }

  private void writeIfComplete(ByteSink out) {
    if (missing > 0) {
      return;
    }
    over = true;
    out.raw("{\"object\":\"list\",\"data\":[");
    written.forEach(out::bytes);
    out.raw("],\"model\":").json(model);
    out.raw(",\"usage\":{\"prompt_tokens\":").number(counts.promptTokens());
    out.raw(",\"total_tokens\":").number(counts.promptTokens()).raw("}}");
  }
}
