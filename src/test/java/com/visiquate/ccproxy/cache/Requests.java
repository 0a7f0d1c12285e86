package com.visiquate.ccproxy.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random requests, with what they mean. */
final class Requests {
  private Requests() {}

  /**
   * A request.
   *
   * @param meaning in which it differs from all others
   * @param reordered the same with the names of its schemas in another order
   */
  record Described(ModelRequest request, String meaning, ModelRequest reordered) {}

  static ModelRequest plain() {
    return chat(List.of(new Message.User("hello")), List.of(), Sampling.DEFAULT);
  }

  static Described random(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> embed(random);
      case 1 -> generate(random);
      default -> chat(random);
    };
  }

  private static Described embed(Random random) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      texts.add(word(random));
    }
    Integer dimensions = random.nextBoolean() ? null : 1 + random.nextInt(3);
    boolean cut = random.nextBoolean();
    EmbedRequest request = new EmbedRequest("m", texts, dimensions, true, cut);
    return new Described(request, "embed " + texts + dimensions + cut, request);
  }

  private static Described generate(Random random) {
    Sampling sampling = sampling(random);
    String prompt = word(random);
    String suffix = random.nextBoolean() ? "" : word(random);
    GenerateRequest request =
        suffix.isEmpty()
            ? GenerateRequest.continuing("m", prompt, sampling)
            : GenerateRequest.filling("m", prompt, suffix, sampling);
    String meaning = "generate " + List.of(prompt, suffix) + sampling;
    return new Described(request, meaning, request);
  }

  private static Described chat(Random random) {
    List<Message> messages = new ArrayList<>();
    if (random.nextBoolean()) {
      messages.add(new Message.Instruction(word(random)));
    }
    for (int i = 0; i <= random.nextInt(2); i++) {
      messages.add(new Message.User(word(random)));
    }
    Sampling sampling = sampling(random);
    int number = random.nextInt(40);
    String name = "tool" + random.nextInt(3);
    boolean tools = random.nextInt(3) == 0;
    String meaning = "chat " + messages + sampling + (tools ? name + number : "");
    return new Described(
        chat(messages, tools ? List.of(tool(name, number, false)) : List.of(), sampling),
        meaning,
        chat(messages, tools ? List.of(tool(name, number, true)) : List.of(), sampling));
  }

  private static Tool tool(String name, int number, boolean reversed) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode first = json.objectNode().put("type", "integer").put("maximum", number);
    ObjectNode turned = json.objectNode().put("maximum", number).put("type", "integer");
    ObjectNode schema = json.objectNode();
    if (reversed) {
      schema.set("properties", json.objectNode().set("n", turned));
      schema.put("type", "object");
    } else {
      schema.put("type", "object");
      schema.set("properties", json.objectNode().set("n", first));
    }
    try {
      String text = new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(schema);
      return new Tool(name, "does it", new RawJson(text));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static ChatRequest chat(List<Message> messages, List<Tool> tools, Sampling sampling) {
    return new ChatRequest(
        "m",
        messages,
        tools,
        ToolChoice.AUTO,
        true,
        sampling,
        OutputFormat.TEXT,
        Reasoning.UNSET,
        null);
  }

  /** Seeds that a double would not tell apart are among them. */
  private static Sampling sampling(Random random) {
    return new Sampling(
        maybe(random, 1 + random.nextInt(4)),
        maybe(random, random.nextInt(3) / 2.0),
        maybe(random, (1 + random.nextInt(3)) / 4.0),
        maybe(random, 1 + random.nextInt(3)),
        maybe(random, Long.MAX_VALUE - random.nextInt(4)),
        maybe(random, random.nextInt(2) + 0.25),
        maybe(random, random.nextInt(2) + 0.25),
        random.nextInt(3) == 0 ? List.of(word(random)) : List.of(),
        random.nextInt(3) == 0 ? Map.of("min_p", random.nextInt(3) / 8.0) : Map.of());
  }

  private static <T> @Nullable T maybe(Random random, T value) {
    return random.nextInt(3) == 0 ? value : null;
  }

  /** Few of them, so that some requests come again; with what could be taken for a border. */
  private static String word(Random random) {
    String[] words = {"a", "b", "ab", "\"", "a\",\"b", "\u00e9", "e\u0301", "1", "1.0", " a", "a "};
    return words[random.nextInt(words.length)];
  }
}
