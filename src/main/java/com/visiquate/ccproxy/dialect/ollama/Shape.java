package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.List;

/** How an endpoint's lines say what the model said. */
enum Shape {
  CHAT {
    @Override
    void write(Piece piece, ByteSink out) {
      out.raw("\"message\":{\"role\":\"assistant\",\"content\":").json(piece.text);
      more(piece, out);
      out.raw("}");
    }
  },
  GENERATE {
    @Override
    void write(Piece piece, ByteSink out) {
      out.raw("\"response\":").json(piece.text);
      more(piece, out);
    }
  };

  /**
   * What one line says.
   *
   * @param first the number of calls that were made before these
   */
  record Piece(String text, String thinking, List<ToolCall> calls, int first) {
    static final Piece NOTHING = new Piece("", "", List.of(), 0);

    Piece {
      calls = List.copyOf(calls);
    }
  }

  abstract void write(Piece piece, ByteSink out);

  private static void more(Piece piece, ByteSink out) {
    if (!piece.thinking.isEmpty()) {
      out.raw(",\"thinking\":").json(piece.thinking);
    }
    if (piece.calls.isEmpty()) {
      return;
    }
    out.raw(",\"tool_calls\":[");
    for (int i = 0; i < piece.calls.size(); i++) {
      call(piece.calls.get(i), piece.first + i, out.raw(i == 0 ? "" : ","));
    }
    out.raw("]");
  }

  private static void call(ToolCall call, int index, ByteSink out) {
    out.raw("{\"id\":").json(call.id()).raw(",\"function\":{\"index\":").number(index);
    out.raw(",\"name\":").json(call.name());
    out.raw(",\"arguments\":").raw(call.arguments().text()).raw("}}");
  }
}
