package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.bus.ExchangeEnded.Conversation;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.fleet.ClientId;

/** Who sends a request that was understood, and in which conversation. */
record Sender(ClientId client, Conversation conversation) {
  static Sender of(Arrival arrival, Decoded.Understood understood) {
    String beginning = Beginning.of(understood.parts().getFirst());
    ClientId client = arrival.client(understood.client(), beginning);
    return new Sender(
        client, ConversationIds.of(arrival::header, understood.client(), beginning, client));
  }
}
