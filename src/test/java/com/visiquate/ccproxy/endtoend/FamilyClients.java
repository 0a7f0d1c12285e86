package com.visiquate.ccproxy.endtoend;

import static com.visiquate.ccproxy.endtoend.FamilyClient.function;
import static com.visiquate.ccproxy.endtoend.FamilyClient.ids;
import static com.visiquate.ccproxy.endtoend.FamilyClient.message;
import static com.visiquate.ccproxy.endtoend.FamilyClient.object;
import static com.visiquate.ccproxy.endtoend.FamilyClient.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.dialect.anthropic.MessagesStreamGrammar;
import com.visiquate.ccproxy.dialect.ollama.NativeStreamGrammar;
import com.visiquate.ccproxy.dialect.openai.ChatStreamGrammar;
import com.visiquate.ccproxy.dialect.responses.ResponsesStreamGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The client of each family. */
final class FamilyClients {
  private static final String MEASURE = "measure";

  static final FamilyClient CHAT = new Chat();

  static final Map<String, FamilyClient> ALL =
      Map.of(
          "chat", CHAT,
          "messages", new Messages(),
          "responses", new Responses(),
          "native", new Native());

  private FamilyClients() {}

  /** OpenAI's chat completions. */
  private static final class Chat implements FamilyClient {
    @Override
    public String path() {
      return "/v1/chat/completions";
    }

    @Override
    public ObjectNode body(String instructions, List<Turn> turns, JsonNode parameters) {
      ObjectNode body = object().put("model", "m").put("max_completion_tokens", 100);
      body.put("temperature", 0.5).put("reasoning_effort", "high");
      ArrayNode messages = body.putArray("messages").add(message("developer", instructions));
      turns.forEach(turn -> add(messages, turn));
      body.putArray("tools").add(function(parameters));
      return body;
    }

    private static void add(ArrayNode messages, Turn turn) {
      switch (turn) {
        case Turn.User user -> messages.add(parts(user.text()));
        case Turn.Said(var heard) -> {
          ObjectNode said = messages.addObject().put("role", "assistant");
          said.put("content", heard.text()).put("reasoning_content", heard.thinking());
          heard.calls().forEach(call -> call(said.withArray("tool_calls"), call));
        }
        case Turn.Results results ->
            IntStream.range(0, results.texts().size())
                .forEach(
                    i ->
                        messages.add(
                            message("tool", results.texts().get(i))
                                .put("tool_call_id", results.calls().get(i).id())));
      }
    }

    private static ObjectNode parts(String text) {
      ObjectNode message = object().put("role", "user");
      message.putArray("content").addObject().put("type", "text").put("text", text);
      return message;
    }

    private static void call(ArrayNode calls, Call call) {
      calls
          .addObject()
          .put("id", call.id())
          .put("type", "function")
          .putObject("function")
          .put("name", MEASURE)
          .put("arguments", call.arguments().toString());
    }

    @Override
    public Heard streamed(String body) {
      ChatStreamGrammar heard = ChatStreamGrammar.check(body.getBytes(UTF_8));
      return new Heard(heard.thinking(), heard.text(), calls(heard.calls(), ids(body)));
    }

    @Override
    public Heard whole(JsonNode body) {
      JsonNode message = body.path("choices").path(0).path("message");
      List<Call> calls = new ArrayList<>();
      for (JsonNode call : message.path("tool_calls")) {
        JsonNode function = call.path("function");
        calls.add(new Call(call.path("id").asText(), tree(function.path("arguments").textValue())));
      }
      return new Heard(
          message.path("reasoning_content").asText(), message.path("content").asText(""), calls);
    }
  }

  /** Anthropic's Messages. */
  private static final class Messages implements FamilyClient {
    @Override
    public String path() {
      return "/v1/messages";
    }

    @Override
    public ObjectNode body(String instructions, List<Turn> turns, JsonNode parameters) {
      ObjectNode body = object().put("model", "m").put("max_tokens", 100);
      body.put("temperature", 0.5).putObject("thinking").put("type", "adaptive");
      body.putObject("output_config").put("effort", "high");
      body.putArray("system").addObject().put("type", "text").put("text", instructions);
      ArrayNode messages = body.putArray("messages");
      turns.forEach(turn -> add(messages, turn));
      body.putArray("tools")
          .addObject()
          .put("name", MEASURE)
          .put("description", "Measures.")
          .set("input_schema", parameters);
      return body;
    }

    private static void add(ArrayNode messages, Turn turn) {
      switch (turn) {
        case Turn.User user -> messages.add(message("user", user.text()));
        case Turn.Said(var heard) -> {
          ArrayNode blocks = messages.addObject().put("role", "assistant").putArray("content");
          if (!heard.thinking().isEmpty()) {
            blocks.addObject().put("type", "thinking").put("thinking", heard.thinking());
          }
          blocks.addObject().put("type", "text").put("text", heard.text());
          heard.calls().forEach(call -> use(blocks, call));
        }
        case Turn.Results results -> {
          ArrayNode blocks = messages.addObject().put("role", "user").putArray("content");
          for (int i = 0; i < results.texts().size(); i++) {
            ObjectNode block = blocks.addObject().put("type", "tool_result");
            block.put("tool_use_id", results.calls().get(i).id());
            block.put("content", results.texts().get(i));
          }
        }
      }
    }

    private static void use(ArrayNode blocks, Call call) {
      blocks
          .addObject()
          .put("type", "tool_use")
          .put("id", call.id())
          .put("name", MEASURE)
          .set("input", call.arguments());
    }

    @Override
    public Heard streamed(String body) {
      MessagesStreamGrammar heard = MessagesStreamGrammar.complete(body);
      List<Call> calls =
          heard.blocks.stream()
              .filter(block -> block.type().equals("tool_use"))
              .map(block -> new Call(block.id(), block.input()))
              .toList();
      return new Heard(heard.thinking(), heard.text(), calls);
    }

    @Override
    public Heard whole(JsonNode body) {
      StringBuilder thinking = new StringBuilder();
      StringBuilder text = new StringBuilder();
      List<Call> calls = new ArrayList<>();
      for (JsonNode block : body.path("content")) {
        switch (block.path("type").asText()) {
          case "thinking" -> thinking.append(block.path("thinking").asText());
          case "text" -> text.append(block.path("text").asText());
          default -> calls.add(new Call(block.path("id").asText(), block.path("input")));
        }
      }
      return new Heard(thinking.toString(), text.toString(), calls);
    }
  }

  /** OpenAI's Responses. */
  private static final class Responses implements FamilyClient {
    @Override
    public String path() {
      return "/v1/responses";
    }

    @Override
    public ObjectNode body(String instructions, List<Turn> turns, JsonNode parameters) {
      ObjectNode body = object().put("model", "m").put("max_output_tokens", 100);
      body.put("temperature", 0.5).put("store", false).put("instructions", instructions);
      body.putObject("reasoning").put("effort", "high");
      ArrayNode input = body.putArray("input");
      turns.forEach(turn -> add(input, turn));
      body.putArray("tools")
          .addObject()
          .put("type", "function")
          .put("name", MEASURE)
          .put("description", "Measures.")
          .set("parameters", parameters);
      return body;
    }

    private static void add(ArrayNode input, Turn turn) {
      switch (turn) {
        case Turn.User user -> input.add(message("user", user.text()));
        case Turn.Said(var heard) -> {
          if (!heard.thinking().isEmpty()) {
            ObjectNode item = input.addObject().put("type", "reasoning");
            item.putArray("summary")
                .addObject()
                .put("type", "summary_text")
                .put("text", heard.thinking());
          }
          ObjectNode item = input.addObject().put("type", "message").put("role", "assistant");
          item.putArray("content").addObject().put("type", "output_text").put("text", heard.text());
          heard.calls().forEach(call -> call(input, call));
        }
        case Turn.Results results -> {
          for (int i = 0; i < results.texts().size(); i++) {
            ObjectNode item = input.addObject().put("type", "function_call_output");
            item.put("call_id", results.calls().get(i).id());
            item.put("output", results.texts().get(i));
          }
        }
      }
    }

    private static void call(ArrayNode input, Call call) {
      input
          .addObject()
          .put("type", "function_call")
          .put("call_id", call.id())
          .put("name", MEASURE)
          .put("arguments", call.arguments().toString());
    }

    @Override
    public Heard streamed(String body) {
      ResponsesStreamGrammar heard = ResponsesStreamGrammar.check(body);
      Heard whole = whole(heard.response());
      assertThat(whole.text()).isEqualTo(heard.text());
      assertThat(whole.thinking()).isEqualTo(heard.thinking());
      return whole;
    }

    @Override
    public Heard whole(JsonNode body) {
      StringBuilder thinking = new StringBuilder();
      StringBuilder text = new StringBuilder();
      List<Call> calls = new ArrayList<>();
      for (JsonNode item : body.path("output")) {
        switch (item.path("type").asText()) {
          case "reasoning" -> thinking.append(item.path("summary").path(0).path("text").asText());
          case "message" -> text.append(item.path("content").path(0).path("text").asText());
          default ->
              calls.add(
                  new Call(
                      item.path("call_id").asText(), tree(item.path("arguments").textValue())));
        }
      }
      return new Heard(thinking.toString(), text.toString(), calls);
    }
  }

  /** Ollama's own. */
  private static final class Native implements FamilyClient {
    @Override
    public String path() {
      return "/api/chat";
    }

    @Override
    public ObjectNode body(String instructions, List<Turn> turns, JsonNode parameters) {
      ObjectNode body = object().put("model", "m").put("think", "high").put("keep_alive", -1);
      body.putObject("options").put("num_predict", 100).put("num_ctx", 9).put("temperature", 0.5);
      ArrayNode messages = body.putArray("messages").add(message("system", instructions));
      turns.forEach(turn -> add(messages, turn));
      body.putArray("tools").add(function(parameters));
      return body;
    }

    private static void add(ArrayNode messages, Turn turn) {
      switch (turn) {
        case Turn.User user -> messages.add(message("user", user.text()));
        case Turn.Said(var heard) -> {
          ObjectNode said = message("assistant", heard.text()).put("thinking", heard.thinking());
          heard.calls().forEach(call -> call(said.withArray("tool_calls"), call));
          messages.add(said);
        }
        case Turn.Results results -> {
          for (int i = 0; i < results.texts().size(); i++) {
            messages.add(
                message("tool", results.texts().get(i))
                    .put("tool_call_id", results.calls().get(i).id())
                    .put("tool_name", MEASURE));
          }
        }
      }
    }

    private static void call(ArrayNode calls, Call call) {
      ObjectNode function = calls.addObject().put("id", call.id()).putObject("function");
      function.put("name", MEASURE).set("arguments", call.arguments());
    }

    @Override
    public Heard streamed(String body) {
      NativeStreamGrammar heard = NativeStreamGrammar.check(body.getBytes(UTF_8));
      return new Heard(heard.thinking(), heard.text(), calls(heard.calls(), ids(body)));
    }

    @Override
    public Heard whole(JsonNode body) {
      JsonNode message = body.path("message");
      List<Call> calls = new ArrayList<>();
      for (JsonNode call : message.path("tool_calls")) {
        calls.add(new Call(call.path("id").asText(), call.path("function").path("arguments")));
      }
      return new Heard(message.path("thinking").asText(), message.path("content").asText(), calls);
    }
  }

  /** Calls told as name and arguments, and their ids. */
  private static List<FamilyClient.Call> calls(List<String> told, List<String> ids) {
    assertThat(ids).hasSameSizeAs(told);
    assertThat(told).allSatisfy(call -> assertThat(call).startsWith(MEASURE + "{"));
    return IntStream.range(0, told.size())
        .mapToObj(
            i -> new FamilyClient.Call(ids.get(i), tree(told.get(i).substring(MEASURE.length()))))
        .toList();
  }
}
