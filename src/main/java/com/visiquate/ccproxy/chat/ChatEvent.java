package com.visiquate.ccproxy.chat;

import java.util.List;

/** One thing that happened in an answer. {@link Finished} comes last, exactly once, or never. */
public sealed interface ChatEvent {
  /** A piece of the model's reasoning; never empty. */
  record Thinking(String text) implements ChatEvent {}

  /** A piece of the answer. The text may be empty only when there are log probabilities. */
  record Text(String text, List<TokenLogprob> logprobs) implements ChatEvent {
    public Text {
      logprobs = List.copyOf(logprobs);
    }

    public Text(String text) {
      this(text, List.of());
    }
  }

  /** One complete call of a tool. */
  record Call(ToolCall call) implements ChatEvent {}

  /** The embeddings of the texts that were asked for, in their order, all at once. */
  record Embedded(List<Embedding> embeddings) implements ChatEvent {
    public Embedded {
      embeddings = List.copyOf(embeddings);
    }
  }

  /** The proper end of the answer. */
  record Finished(FinishReason reason, Counts counts) implements ChatEvent {}
}
