package com.visiquate.ccproxy.ollama;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.TokenLogprob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the streamed answer to one request of any kind, however its bytes are cut; owns what is not
 * complete yet. After a failure, and after the end, whatever still comes is ignored.
 */
public final class ReplyReader {
  /** The longest line that Ollama's own client accepts. */
  private static final int LONGEST_LINE = 8 * 1024 * 1024;

  /** Embeddings all come in one. */
  private static final int LONGEST_EMBEDDINGS = 8 * LONGEST_LINE;

  /** How a stream ended. */
  public sealed interface End {
    /** With its last line; {@link ChatEvent.Finished} has been read. */
    record Proper() implements End {}

    /** Without one, or with an error. */
    record Broken(Failure failure) implements End {}
  }

  private final CallIds ids;
  private final Frames frames;
  private final TextLine plain = new TextLine();
  private final WrittenCall written;
  private final boolean parallelCalls;
  private final int embeddings;
  private final int limit;
  private boolean called;
  private boolean finished;
  private @Nullable Failure failure;

  public ReplyReader(ModelRequest request) {
    ChatRequest chat = request instanceof ChatRequest found ? found : null;
    ids = new CallIds(chat == null ? List.of() : chat.messages());
    written = WrittenCall.of(chat);
    parallelCalls = chat == null || chat.parallelCalls();
    embeddings = request instanceof EmbedRequest embed ? embed.texts().size() : 0;
    limit = Objects.requireNonNullElse(request.mostTokens(), 0);
    frames = new Frames(embeddings > 0 ? LONGEST_EMBEDDINGS : LONGEST_LINE);
  }

  /** The events that these bytes complete, one for each piece that Ollama sent. */
  public List<ChatEvent> read(byte[] chunk) {
    List<ChatEvent> events = new ArrayList<>(4);
    frames.read(chunk, (bytes, from, to) -> line(bytes, from, to, events));
    if (frames.isBroken()) {
      fail("a line is not JSON or too long");
    }
    return events;
  }

  /** The limit has cut the answer where Ollama has no end for it: what was heard is all. */
  public List<ChatEvent> cut() {
    List<ChatEvent> events = new ArrayList<>(2);
    cut(events);
    return events;
  }

  /** Nobody counts the tokens of such an answer but its limit. */
  private void cut(List<ChatEvent> events) {
    written.release(events);
    finished = true;
    events.add(new ChatEvent.Finished(FinishReason.LENGTH, new Counts(0, 0, limit, 0, 0, 0)));
  }

  /** To be asked when no more bytes come. */
  public End end() {
    if (failure == null && !finished) {
      failure =
          Failure.of(
              Failure.Kind.BACKEND_LOST,
              "The model server ended its answer too early; please try again.",
              "stream ended without a done line");
    }
    return failure == null ? new End.Proper() : new End.Broken(failure);
  }

  /** What went wrong so far; null when nothing did. */
  public @Nullable Failure failure() {
    return failure;
  }

  private void line(byte[] bytes, int from, int to, List<ChatEvent> events) {
    if (finished || failure != null) {
      return;
    }
    String text = embeddings > 0 ? null : plain.read(bytes, from, to);
    if (text != null) {
      text(text, List.of(), events);
      return;
    }
    try {
      line(Line.parse(bytes, from, to), events);
    } catch (IOException malformed) {
      fail("a line is malformed JSON");
    }
  }

  private void line(Line line, List<ChatEvent> events) {
    if (Errors.isCutCall(line.error)) {
      cut(events);
      return;
    }
    if (!line.error.isEmpty()) {
      failure = Errors.midway(line.error);
      return;
    }
    List<Embedding> embedded = line.embeddings;
    if (embeddings > 0 && embedded != null) {
      embedded(embedded, line.embeddingCounts(), events);
      return;
    }
    if (!line.thinking.isEmpty()) {
      events.add(new ChatEvent.Thinking(line.thinking));
    }
    text(line.content, line.logprobs, events);
    line.calls.forEach(call -> call(call, events));
    if (line.done) {
      written.end(call -> call(call, events), events);
      finished = true;
      events.add(new ChatEvent.Finished(line.reason(), line.counts()));
    }
  }

  private void text(String text, List<TokenLogprob> logprobs, List<ChatEvent> events) {
    if (!text.isEmpty() || !logprobs.isEmpty()) {
      written.text(new ChatEvent.Text(text, logprobs), events);
    }
  }

  private void embedded(List<Embedding> read, Counts counts, List<ChatEvent> events) {
    if (read.size() != embeddings || !read.stream().allMatch(Embedding::isSound)) {
      fail("%d sound embeddings expected for as many texts".formatted(embeddings));
      return;
    }
    finished = true;
    events.add(new ChatEvent.Embedded(read));
    events.add(new ChatEvent.Finished(FinishReason.STOP, counts));
  }

  private void call(Line.Called call, List<ChatEvent> events) {
    if (called && !parallelCalls) {
      return;
    }
    called = true;
    written.release(events);
    String id = ids.unique(call.id());
    events.add(new ChatEvent.Call(call.call(id)));
  }

  private void fail(String detail) {
    if (failure == null && !finished) {
      failure =
          Failure.of(
              Failure.Kind.BACKEND_ERROR,
              "The model server sent something that is not an answer.",
              detail);
    }
  }
}
