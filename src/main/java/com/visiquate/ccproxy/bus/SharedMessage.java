package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.bus.CacheMessage.Purge;
import com.visiquate.ccproxy.chat.CallKey;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the stages of a node and its cluster say to each other of what all nodes are to know. */
public sealed interface SharedMessage extends BusMessage {
  /** All nodes are to know this; it may be lost. */
  sealed interface Keepsake extends SharedMessage {}

  /** A response that clients may go on from. */
  record KnownResponse(StoredResponse response) implements Keepsake {}

  /** What a model thought before a call. */
  record KnownThought(CallKey call, String thinking) implements Keepsake {}

  /**
   * An answer that may be given again.
   *
   * @param name of its entry
   * @param bytes handed on, never changed
   * @param ttl how long it is of use
   */
  @SuppressWarnings("ArrayRecordComponent") // what it holds is told by its name
  record KnownAnswer(String name, byte[] bytes, Duration ttl) implements Keepsake {}

  /**
   * What do all nodes know of these?
   *
   * @param here known on this node, unless another one has forgotten them
   * @param elsewhere not known on this node
   */
  record FindResponses(Set<ResponseId> here, Set<ResponseId> elsewhere) implements SharedMessage {
    public FindResponses {
      here = Set.copyOf(here);
      elsewhere = Set.copyOf(elsewhere);
    }
  }

  /**
   * No node may know this any more.
   *
   * @param here whether it was known on this node
   */
  record ForgetResponse(ResponseId response, boolean here) implements SharedMessage {}

  /**
   * The answer to {@link FindResponses} and {@link ForgetResponse}.
   *
   * @param found those that another node knows, or knew
   * @param forgotten before, by whatever node
   */
  record ResponsesFound(List<StoredResponse> found, Set<ResponseId> forgotten)
      implements SharedMessage {
    public ResponsesFound {
      found = List.copyOf(found);
      forgotten = Set.copyOf(forgotten);
    }
  }

  /** Which answer has this name? */
  record FindAnswer(String name) implements SharedMessage {}

  /** The answer to {@link FindAnswer}; null when no node knows it. */
  record AnswerFound(@Nullable KnownAnswer answer) implements SharedMessage {}

  /**
   * No node may have these answers any more.
   *
   * @param purge with names of entries
   * @param pattern of the names of all that it means when it names none
   */
  record PurgeAll(Purge purge, String pattern) implements SharedMessage {}
}
