package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that is counted; any stage may publish it, metrics listens. */
public sealed interface Fact extends BusMessage {

  /**
   * What prompts were taken for, and what they were; a part of a fact, not one of its own.
   *
   * @param estimated tokens, beforehand
   * @param counted tokens, by Ollama; at least 1
   */
  record PromptCheck(int estimated, int counted) {
    public PromptCheck plus(PromptCheck other) {
      return new PromptCheck(estimated + other.estimated, counted + other.counted);
    }
  }

  /** A request field that could not be honoured was dropped. */
  record FieldDropped(String route, String field) implements Fact {}

  /** What the cache had to do with a request, and why. */
  record CacheUsed(CacheMessage.Use use, CacheMessage.Reason reason, Duration age)
      implements Fact {}

  /** How a question to the Redis of the cache ended. */
  enum Reply {
    ANSWERED,
    /** Nobody waits any longer. */
    LATE,
    FAILED
  }

  /** The Redis of the cache was asked. */
  record RedisAsked(Reply reply, Duration took) implements Fact {}

  /**
   * A client has sent the same tool turn again, at least for the third time in a row.
   *
   * @param alias the name of its model
   * @param times how often, in a row
   */
  record Looped(ClientId client, String alias, int times) implements Fact {}

  /** The waiting room of a model. */
  record QueueDepth(ModelName model, Priority priority, int waiting) implements Fact {}

  /**
   * Who has waited longest for a model.
   *
   * @param since when its client asked; null when nobody waits
   */
  record LongestWait(ModelName model, @Nullable Instant since) implements Fact {}

  record WarmEnded(BackendId backend, ModelName model, boolean loaded, Duration took)
      implements Fact {}

  record ConfigurationRead(boolean accepted) implements Fact {}

  /** A prompt was computed: how many of its tokens should have been cached, and were. */
  record PrefixSeen(BackendId backend, ModelName model, int tokens, int expected, int observed)
      implements Fact {}

  /** The parts of a prompt, in the order in which a model is shown them. */
  enum PromptPart {
    TOOLS,
    SYSTEM,
    MESSAGES
  }

  /**
   * A conversation went on: how much of its last prompt its next one begins with.
   *
   * @param previous characters of the last prompt
   * @param kept how many of them are still the same, from the first one on
   * @param changed in which part they cease to be; null when all are the same
   */
  record PrefixKept(ModelName model, int previous, int kept, @Nullable PromptPart changed)
      implements Fact {}

  /** The first token came: when it was expected, and when it came, both from the start. */
  record FirstTokenSeen(BackendId backend, ModelName model, Duration expected, Duration actual)
      implements Fact {}

  /** A slot was kept for a conversation, which came back in time or did not. */
  record SlotHeld(BackendId backend, ModelName model, Duration held, boolean returned)
      implements Fact {}

  /**
   * A request was sent again by a client that had left, and got what ran for it already.
   *
   * @param answering whether its answer had begun
   */
  record WorkTakenOver(BackendId backend, ModelName model, boolean answering) implements Fact {}

  /**
   * A prefix that many conversations share was computed in advance.
   *
   * @param whole false when it gave way to a request
   */
  record PrefixWarmed(BackendId backend, ModelName model, boolean whole) implements Fact {}

  /** A model could not answer a request, for this reason, and another one was asked instead. */
  record FellBack(ModelName model, ModelName to, Failure.Kind reason) implements Fact {}

  /** What is believed of an Ollama, from its version or from what it did. */
  enum Belief {
    CACHE_RULE,
    CACHE_SIZE,
    GHOSTS
  }

  /**
   * What an Ollama did spoke clearly against what was believed of it.
   *
   * @param now what is believed from now on, in words for the log
   */
  record Corrected(BackendId backend, ModelName model, Belief belief, String now) implements Fact {}

  /**
   * What the records have learnt of a request's use since they last told of it.
   *
   * @param model null when it never ran
   * @param slots how much longer it has held them
   * @param cost by the price book; less than nothing where prices have fallen meanwhile
   * @param saved what the same would have cost elsewhere
   */
  record Used(@Nullable ModelName model, RequestRecord.Slots slots, double cost, double saved)
      implements Fact {}
}
