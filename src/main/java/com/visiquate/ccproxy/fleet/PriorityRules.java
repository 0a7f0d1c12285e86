package com.visiquate.ccproxy.fleet;

import java.util.Map;

/**
 * How a request gets its class: the header, else the alias, else the client, else the default.
 *
 * @param header the request header that may name a class; empty for none
 * @param clients classes of known clients
 */
public record PriorityRules(String header, Map<ClientId, Priority> clients, Priority otherwise) {
  public static final PriorityRules DEFAULT =
      new PriorityRules("x-ccproxy-priority", Map.of(), Priority.NORMAL);

  public PriorityRules {
    clients = Map.copyOf(clients);
  }

  /** The class of a client, by its own name, or by the key or address that it shares. */
  public Priority of(ClientId client) {
    Priority own = clients.get(client);
    return own != null ? own : clients.getOrDefault(client.whole(), otherwise);
  }
}
