package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.ByteSink;

/** Writes the content blocks of an answer, in one of its two forms. */
interface Blocks {
  String contentType();

  void thinking(String piece, ByteSink out);

  void text(String piece, ByteSink out);

  void call(ToolCall call, ByteSink out);

  /**
   * The one block of a summary.
   *
   * @param summary empty when there is none: the block then says that it failed
   */
  void compaction(String summary, ByteSink out);

  void end(Ending ending, Counts counts, ByteSink out);

  void heartbeat(ByteSink out);

  void broke(Failure failure, ByteSink out);
}
