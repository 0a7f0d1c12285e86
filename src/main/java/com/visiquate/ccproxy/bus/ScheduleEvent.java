package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.bus.Fact.PromptPart;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Duration;

/** What happened to a request while it was scheduled; built only when somebody listens. */
public sealed interface ScheduleEvent extends BusMessage, AboutExchange {
  /**
   * It does not hold this slot any more, whether it was answered, failed, went on for another one
   * or ran on as a ghost.
   *
   * @param exchange the exchange, or the part of one, that held it
   * @param held how long it did
   */
  record SlotFreed(ExchangeId exchange, BackendId backend, ModelName model, Duration held)
      implements ScheduleEvent {}

  /**
   * Its client has changed what its conversation begins with, so that no cache could help.
   *
   * @param lost characters of the last prompt that would have been cached otherwise
   * @param prompt characters of this prompt
   * @param where the part of the prompt in which it first differs
   */
  record PrefixLost(ExchangeId exchange, ModelName model, int lost, int prompt, PromptPart where)
      implements ScheduleEvent {}

  /**
   * How much of its prompt was cached, as far as the scheduler knows: Ollama says how long a prompt
   * took, not what of it was computed. Told when the answer is complete, and something was.
   *
   * @param exchange the exchange, or the part of one, whose prompt it was
   * @param cached tokens of the prompt
   */
  record PromptCached(ExchangeId exchange, BackendId backend, ModelName model, int cached)
      implements ScheduleEvent {}
}
