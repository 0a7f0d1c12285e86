package com.visiquate.ccproxy.load.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Chat completions as OpenAI's clients ask for them. */
final class OpenAi implements Dialect {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "data: ";

  @Override
  public String path() {
    return "/v1/chat/completions";
  }

  @Override
  public ObjectNode opening(Assignment assignment) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("model", assignment.kind().model().alias()).put("user", assignment.agent());
    return Dialect.opening(body, assignment.role());
  }

  @Override
  public ObjectNode result(Reply call, Turn turn) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "tool");
    return message.put("tool_call_id", call.callId()).put("content", turn.text());
  }

  @Override
  public ObjectNode answer(Reply reply) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "assistant");
    message.put("content", reply.text());
    ObjectNode call = message.putArray("tool_calls").addObject();
    call.put("id", reply.callId()).put("type", "function");
    call.putObject("function").put("name", reply.tool()).put("arguments", reply.arguments());
    return message;
  }

  @Override
  public void read(String line, Reply reply) throws IOException {
    if (line.equals("data: [DONE]")) {
      reply.end();
    } else if (line.startsWith(DATA)) {
      JsonNode event = JSON.readTree(line.substring(DATA.length()));
      if (event.has("error")) {
        reply.fail(event.path("error").toString());
      }
      delta(event.at("/choices/0/delta"), reply);
    }
  }

  private static void delta(JsonNode delta, Reply reply) {
    reply.say(delta.path("content").asText(""));
    for (JsonNode call : delta.path("tool_calls")) {
      JsonNode function = call.path("function");
      reply.call(
          Dialect.text(call, "id"),
          Dialect.text(function, "name"),
          Dialect.text(function, "arguments"));
    }
  }
}
