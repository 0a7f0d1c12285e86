package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request body turned out to be. */
public sealed interface Decoded {
  /**
   * A request.
   *
   * @param stream whether the client wants its answer piece by piece
   * @param form how its answer must look; the dialect's own, handed back to it
   * @param client an id in the body that tells clients apart; null when there is none
   * @param dropped names of the fields that could not be honoured
   */
  record Understood(
      ChatRequest request,
      boolean stream,
      AnswerForm form,
      @Nullable String client,
      List<String> dropped)
      implements Decoded {
    public Understood {
      dropped = List.copyOf(dropped);
    }
  }

  /** Not a request that can be served; {@link Failure.Kind#INVALID} unless it says otherwise. */
  record Misunderstood(Failure failure) implements Decoded {}
}
