package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.ModelRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request body turned out to be. */
public sealed interface Decoded {
  /**
   * A request.
   *
   * @param parts what is asked of the model, all of the same model; several where one body asks for
   *     several things, which then run side by side and are answered together
   * @param stream whether the client wants its answer piece by piece
   * @param form how its answer must look; the dialect's own, handed back to it
   * @param client an id in the body that tells clients apart; null when there is none
   * @param dropped names of the fields that could not be honoured
   * @param alone whether no other model may answer when its own cannot
   */
  record Understood(
      List<ModelRequest> parts,
      boolean stream,
      AnswerForm form,
      @Nullable String client,
      List<String> dropped,
      boolean alone)
      implements Decoded {
    public Understood {
      parts = List.copyOf(parts);
      dropped = List.copyOf(dropped);
    }

    /** One that other models may answer. */
    public Understood(
        List<ModelRequest> parts,
        boolean stream,
        AnswerForm form,
        @Nullable String client,
        List<String> dropped) {
      this(parts, stream, form, client, dropped, false);
    }

    /** One chat. */
    public Understood(
        ChatRequest request,
        boolean stream,
        AnswerForm form,
        @Nullable String client,
        List<String> dropped) {
      this(List.of(request), stream, form, client, dropped, false);
    }

    /** The same, which may say that no other model answers it. */
    public Understood alone(boolean only) {
      return only ? new Understood(parts, stream, form, client, dropped, true) : this;
    }

    /** The same about another chat. */
    public Understood asking(ChatRequest chat) {
      return new Understood(List.of(chat), stream, form, client, dropped, alone);
    }

    /** The name that the client used for the model. */
    public String model() {
      return parts.getFirst().model();
    }

    /** The chat that it is, for whoever knows that it is one. */
    public ChatRequest request() {
      return (ChatRequest) parts.getFirst();
    }
  }

  /** Not a request that can be served; {@link Failure.Kind#INVALID} unless it says otherwise. */
  record Misunderstood(Failure failure) implements Decoded {}
}
