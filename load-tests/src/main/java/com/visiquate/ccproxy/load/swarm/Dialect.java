package com.visiquate.ccproxy.load.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** How an agent's conversation looks on the wire. */
interface Dialect {
  String path();

  /** A request without messages but the instructions. */
  ObjectNode opening(Assignment assignment);

  /** The message that answers a tool call. */
  ObjectNode result(Reply call, Turn turn);

  /** The assistant's message, as it must come back. */
  ObjectNode answer(Reply reply) throws IOException;

  /** One line of a streamed answer. */
  void read(String line, Reply reply) throws IOException;

  /** The parts of the opening that do not differ. */
  static ObjectNode opening(ObjectNode body, Role role) {
    body.put("stream", true).set("tools", role.tools());
    body.putArray("messages").addObject().put("role", "system").put("content", role.instructions());
    return body;
  }

  static String text(JsonNode node, String name) {
    return node.path(name).asText("");
  }
}
