package com.visiquate.ccproxy.load.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Ollama's own chat, which a plain proxy passes on as it is. */
final class Ollama implements Dialect {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String path() {
    return "/api/chat";
  }

  /** What loads a model without asking it anything. */
  static ObjectNode load(Model model) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("model", model.ollama()).put("keep_alive", -1);
    body.putObject("options").put("num_ctx", Model.CONTEXT);
    return body;
  }

  @Override
  public ObjectNode opening(Assignment assignment) {
    return Dialect.opening(load(assignment.kind().model()), assignment.role());
  }

  @Override
  public ObjectNode result(Reply call, Turn turn) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "tool");
    return message.put("tool_name", call.tool()).put("content", turn.text());
  }

  @Override
  public ObjectNode answer(Reply reply) throws IOException {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "assistant");
    message.put("content", reply.text());
    ObjectNode function = message.putArray("tool_calls").addObject().putObject("function");
    function.put("name", reply.tool()).set("arguments", JSON.readTree(reply.arguments()));
    return message;
  }

  @Override
  public void read(String line, Reply reply) throws IOException {
    JsonNode event = JSON.readTree(line);
    if (event.has("error")) {
      reply.fail(Dialect.text(event, "error"));
    }
    JsonNode message = event.path("message");
    reply.say(Dialect.text(message, "content"));
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      reply.call("", Dialect.text(function, "name"), function.path("arguments").toString());
    }
    if (event.path("done").asBoolean()) {
      reply.end();
    }
  }
}
