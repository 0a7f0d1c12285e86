package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Script;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One conversation is one conversation, whatever family tells it: Ollama's cache depends on it. */
@Tag("endtoend")
final class MessagesPrefixTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}";
  private static final String CHAT =
      """
      {"model":"m","max_tokens":100,"stream":%s,"reasoning_effort":"none",
       "messages":[{"role":"system","content":"Be brief."},%s],
       "tools":[{"type":"function","function":{"name":"measure","description":"Measures.",
                 "parameters":SCHEMA}}]}
      """
          .replace("SCHEMA", SCHEMA);
  private static final String MESSAGES =
      """
      {"model":"m","max_tokens":100,"stream":%s,"system":[{"type":"text","text":"Be brief."}],
       "messages":[%s],
       "tools":[{"name":"measure","description":"Measures.","input_schema":SCHEMA}]}
      """
          .replace("SCHEMA", SCHEMA);
  private static final String ASKED = "{\"role\":\"user\",\"content\":\"How warm is Paris?\"}";
  private static final String CHAT_LATER =
      ASKED
          + """
          ,{"role":"assistant","content":"I look.","tool_calls":[{"id":"call_a1b2c3d4",
            "type":"function","function":{"name":"measure","arguments":"{\\"city\\":\\"Paris\\"}"}}]},
          {"role":"tool","tool_call_id":"call_a1b2c3d4","content":"22 degrees"}
          """;
  private static final String MESSAGES_LATER =
      """
      {"role":"user","content":[{"type":"text","text":"How warm is Paris?",
                                 "cache_control":{"type":"ephemeral"}}]},
      {"role":"assistant","content":[{"type":"text","text":"I look."},
        {"type":"tool_use","id":"toolu_call_a1b2c3d4","name":"measure","input":{"city":"Paris"}}]},
      {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_call_a1b2c3d4",
                                 "content":[{"type":"text","text":"22 degrees"}]}]}
      """;

  private final Stack stack =
      Stack.start(Recipe.of(1, Recipe.instant()))
          .answer("How warm is Paris?", Script.text("I look."))
          .answer("22 degrees", Script.text("Warm."));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void isTheSameInBothFamiliesAndBothForms() throws IOException {
    String first = seen(Chat.PATH, CHAT.formatted("true", ASKED));
    String later = seen(Chat.PATH, CHAT.formatted("true", CHAT_LATER));

    assertThat(seen(Chat.PATH, CHAT.formatted("false", ASKED))).isEqualTo(first);
    assertThat(seen("/v1/messages", MESSAGES.formatted("true", ASKED))).isEqualTo(first);
    assertThat(seen("/v1/messages", MESSAGES.formatted("false", ASKED))).isEqualTo(first);
    assertThat(seen(Chat.PATH, CHAT.formatted("false", CHAT_LATER))).isEqualTo(later);
    assertThat(seen("/v1/messages", MESSAGES.formatted("true", MESSAGES_LATER))).isEqualTo(later);
    assertThat(seen("/v1/messages", MESSAGES.formatted("false", MESSAGES_LATER))).isEqualTo(later);
  }

  @Test
  void growsAtItsEndOnly() throws IOException {
    String first = seen("/v1/messages", MESSAGES.formatted("true", ASKED));
    String later = seen("/v1/messages", MESSAGES.formatted("true", MESSAGES_LATER));
    String messages = first.substring(0, first.indexOf("How warm is Paris?\"}") + 20);

    assertThat(later).startsWith(messages);
  }

  private String seen(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body)) {
      assertThat(client.reply().status()).isEqualTo(200);
    }
    return stack.lastChat();
  }
}
