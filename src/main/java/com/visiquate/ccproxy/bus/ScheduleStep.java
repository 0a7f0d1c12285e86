package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.bus.ExchangeEnded.Operation;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a request through the queue and the slots, as the scheduler saw it; for those who
 * draw it, and noted only while one of them listens.
 */
public sealed interface ScheduleStep extends AboutExchange {
  Instant at();

  /** It waits for a slot from now on. */
  record Queued(ExchangeId exchange, Instant at, Subject subject) implements ScheduleStep {}

  /** It waits no longer, and has no slot: it was refused, or nobody wants its answer any more. */
  record Withdrawn(ExchangeId exchange, Instant at) implements ScheduleStep {}

  /**
   * It has a slot.
   *
   * @param slot its number on that backend, from 0; the same as long as it has it
   * @param attempt 1 for the first backend that is tried
   * @param queued how long it has waited for slots in all
   * @param promptTokens of the whole prompt, as estimated
   * @param cachedTokens how many of them are thought to be cached there
   */
  record Placed(
      ExchangeId exchange,
      Instant at,
      Subject subject,
      BackendId backend,
      int slot,
      int attempt,
      Duration queued,
      int promptTokens,
      int cachedTokens,
      Decision decision)
      implements ScheduleStep {}

  /** Its prompt is computed: it has begun to answer. */
  record Spoke(ExchangeId exchange, Instant at, BackendId backend) implements ScheduleStep {}

  /**
   * It has ended on its backend; its slot is free, unless a ghost is left.
   *
   * @param outcome null when it has not ended: the backend gave it back
   * @param counts what Ollama said, with the cached tokens that it did not say
   * @param calls whether its answer called tools
   * @param ghost whether its slot is taken until {@link GhostFaded}
   */
  record SlotEnded(
      ExchangeId exchange,
      Instant at,
      BackendId backend,
      @Nullable Outcome outcome,
      Counts counts,
      boolean calls,
      boolean ghost)
      implements ScheduleStep {}

  /** What was left of it has ended, and its slot is free. */
  record GhostFaded(ExchangeId exchange, Instant at, BackendId backend) implements ScheduleStep {}

  /** The slot that it had is kept for the next turn of its conversation, until then at most. */
  record SlotKept(ExchangeId exchange, Instant at, BackendId backend, Instant until)
      implements ScheduleStep {}

  /**
   * Who asks for what.
   *
   * @param alias the name that the client used for the model
   * @param conversation tells it from all others; null when nothing does
   * @param born since when it wants an answer, retries and resends included
   * @param prompt its size, and what it goes on from
   */
  record Subject(
      ModelName model,
      String alias,
      Operation operation,
      ClientId client,
      @Nullable String conversation,
      Priority priority,
      Instant born,
      Shape prompt) {}

  /**
   * A prompt without its words.
   *
   * @param characters all of it
   * @param role its tools and first instructions as one number; requests of one role share it
   * @param roleCharacters how long those are
   * @param turn all of it as one number
   * @param continued the {@code turn} of the request that it continues; 0 when it is a first one
   */
  record Shape(int characters, long role, int roleCharacters, long turn, long continued) {}
}
