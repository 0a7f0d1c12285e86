package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.List;

/** The two forms in which Ollama tells embeddings. */
enum EmbedForm {
  /** Of {@code /api/embed}. */
  LIST {
    @Override
    void write(String model, List<Embedding> embeddings, Counts counts, ByteSink out) {
      out.raw("{\"model\":").json(model).raw(",\"embeddings\":[");
      for (int i = 0; i < embeddings.size(); i++) {
        one(embeddings.get(i), out.raw(i == 0 ? "" : ","));
      }
      out.raw("]");
      Lines.count("total_duration", counts.totalNanos(), out);
      Lines.count("load_duration", counts.loadNanos(), out);
      Lines.count("prompt_eval_count", counts.promptTokens(), out);
      out.raw("}");
    }
  },
  /** Of the older {@code /api/embeddings}. */
  ONE {
    @Override
    void write(String model, List<Embedding> embeddings, Counts counts, ByteSink out) {
      one(embeddings.getFirst(), out.raw("{\"embedding\":"));
      out.raw("}");
    }
  };

  abstract void write(String model, List<Embedding> embeddings, Counts counts, ByteSink out);

  /** The answer to who asked for nothing. */
  void nothing(String model, ByteSink out) {
    if (this == ONE) {
      out.raw("{\"embedding\":[]}");
    } else {
      write(model, List.of(), Counts.NONE, out);
    }
  }

  private static void one(Embedding embedding, ByteSink out) {
    out.raw("[");
    for (int i = 0; i < embedding.size(); i++) {
      out.raw(i == 0 ? "" : ",").raw(number(embedding.at(i)));
    }
    out.raw("]");
  }

  /** The shortest text that is this very number. */
  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6f
        ? Integer.toString((int) value)
        : Float.toString(value);
  }
}
