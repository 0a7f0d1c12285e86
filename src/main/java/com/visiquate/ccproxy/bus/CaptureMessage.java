package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import org.jspecify.annotations.Nullable;

/**
 * What may be kept for training because its owner has agreed; the one message that holds prompts
 * and answers, and built only where somebody listens for the very name.
 */
public sealed interface CaptureMessage extends BusMessage, AboutExchange {
  /**
   * A turn of a conversation that came to its proper end.
   *
   * @param answer without what the model thought
   * @param model the one that answered; null when that is not known
   */
  record Turn(
      ExchangeId exchange,
      ExchangeEnded.Asked asked,
      ChatRequest request,
      Message.Assistant answer,
      FinishReason reason,
      @Nullable ModelName model)
      implements CaptureMessage {}
}
