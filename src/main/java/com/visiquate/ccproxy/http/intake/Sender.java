package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.bus.ExchangeEnded.Conversation;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ModelName;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, in which conversation, and what that means by the name of the model.
 *
 * @param chosen the model of several that share the name; null when they do not
 */
record Sender(ClientId client, Conversation conversation, @Nullable ModelName chosen) {
  /** Of a request that was not understood. */
  Sender(ClientId client, Conversation conversation) {
    this(client, conversation, null);
  }

  static Sender of(Arrival arrival, Decoded.Understood understood) {
    String beginning = Beginning.of(understood.parts().getFirst());
    ClientId client = arrival.client(understood.client(), beginning);
    Conversation conversation =
        ConversationIds.of(arrival::header, understood.client(), beginning, client);
    ModelName chosen =
        arrival
            .services()
            .fleet()
            .choose(understood.model(), mark(understood, client, conversation), arrival.key());
    return new Sender(client, conversation, chosen);
  }

  /** By what it keeps to one model; vectors of two models mean nothing to each other. */
  private static @Nullable String mark(
      Decoded.Understood understood, ClientId client, Conversation conversation) {
    if (understood.parts().getFirst() instanceof EmbedRequest) {
      return null;
    }
    String id = conversation.id();
    return id == null ? client.value() : id;
  }
}
