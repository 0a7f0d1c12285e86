package com.visiquate.ccproxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.responses.Responses;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other providers did in earlier parts of a conversation. */
final class PastWorkTest {
  private static final String CALL =
      "{\"type\":\"%s\",\"id\":\"x1\",\"name\":\"find\",\"server_name\":\"git\",\"input\":{\"q\":\"dog\"}},";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mcp_tool_use |"
            + " {\"type\":\"mcp_tool_result\",\"tool_use_id\":\"x1\",\"content\":[{\"type\":\"text\",\"text\":\"a"
            + " cat\"}]} | [Result of git.find: a cat]",
        "mcp_tool_use | {\"type\":\"mcp_tool_result\",\"tool_use_id\":\"x1\",\"content\":\"a cat\"}"
            + " | [Result of git.find: a cat]",
        "server_tool_use |"
            + " {\"type\":\"web_search_tool_result\",\"tool_use_id\":\"x1\",\"content\":[{\"type\":\"web_search_result\",\"title\":\"Cats\",\"encrypted_content\":\"s\"}]}"
            + " | [{\"type\":\"web_search_result\",\"title\":\"Cats\"}]]",
        "server_tool_use |"
            + " {\"type\":\"bash_code_execution_tool_result\",\"tool_use_id\":\"x1\",\"content\":{\"type\":\"r\",\"stdout\":\"a"
            + " cat\",\"return_code\":0}} | \"stdout\":\"a cat\"",
        "server_tool_use |"
            + " {\"type\":\"web_fetch_tool_result\",\"tool_use_id\":\"x1\",\"content\":{\"url\":\"u\",\"content\":{\"source\":{\"type\":\"text\",\"data\":\"a"
            + " cat\"}}}} | \"data\":\"a cat\"",
        "server_tool_use |"
            + " {\"type\":\"code_execution_tool_result\",\"tool_use_id\":\"other\",\"content\":null}"
            + " | [Result]",
      })
  void staysInMessagesAsText(String call, String result, String told) {
    String messages =
        "{\"role\":\"assistant\",\"content\":[%s%s]},{\"role\":\"user\",\"content\":\"Go on\"}"
            .formatted(CALL.formatted(call), result);

    assertThat(heard(messages(messages))).contains("[Called git.find: {\"q\":\"dog\"}]", told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"mcp_call\",\"id\":\"m\",\"server_label\":\"git\",\"name\":\"find\",\"arguments\":\"{}\",\"output\":\"a"
            + " cat\"} | [Called git.find: {}] | [Result of git.find: a cat]",
        "{\"type\":\"mcp_call\",\"id\":\"m\",\"server_label\":\"git\",\"name\":\"find\",\"arguments\":\"{}\",\"error\":\"no\"}"
            + " | [Called git.find: {}] | [Result of git.find: no]",
        "{\"type\":\"web_search_call\",\"id\":\"w\",\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"dog\"}}"
            + " | [Called web_search: | dog",
        "{\"type\":\"file_search_call\",\"id\":\"f\",\"queries\":[\"dog\"],\"results\":[{\"filename\":\"a\",\"text\":\"a"
            + " cat\"}]} | [Called file_search: {\"queries\":[\"dog\"]}] | a cat",
        "{\"type\":\"code_interpreter_call\",\"id\":\"c\",\"code\":\"1+1\",\"outputs\":[{\"type\":\"logs\",\"logs\":\"2\"}]}"
            + " | {\"code\":\"1+1\"} | \"logs\":\"2\"",
        "{\"type\":\"computer_call_output\",\"call_id\":\"c\",\"output\":{\"type\":\"computer_screenshot\",\"file_id\":\"f1\"}}"
            + " | [Called computer] | f1",
      })
  void staysInResponsesAsText(String item, String called, String told) {
    String body = "{\"model\":\"m\",\"input\":[%s,{\"role\":\"user\",\"content\":\"Go on\"}]}";

    ChatRequest request = request(new Responses().decode(body.formatted(item).getBytes(UTF_8)));

    assertThat(heard(request)).contains(called, told);
  }

  @Test
  void isSummedUpByACompactionBlock() {
    ChatRequest request =
        messages(
            "{\"role\":\"user\",\"content\":\"old\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"compaction\",\"content\":\"Summary:"
                + " a dog\"}]},{\"role\":\"user\",\"content\":\"new\"}");

    assertThat(request.messages())
        .containsExactly(
            new Message.User("Summary of the conversation before this:\n\nSummary: a dog"),
            new Message.User("new"));
  }

  /** As SDKs send it that compacted a conversation: first, alone, and nothing else is left. */
  @Test
  void mayBeNothingButASummary() {
    String block = "[{\"type\":\"compaction\",\"content\":\"a dog\",\"signature\":\"s\"}]";

    assertThat(heard(messages("{\"role\":\"user\",\"content\":%s}".formatted(block))))
        .contains("a dog");
    assertThat(heard(messages("{\"role\":\"assistant\",\"content\":%s}".formatted(block))))
        .contains("a dog");
  }

  private static ChatRequest messages(String messages) {
    String body = "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[%s]}".formatted(messages);
    return request(new Messages().decode(body.getBytes(UTF_8)));
  }

  private static ChatRequest request(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Understood.class);
    return ((Decoded.Understood) decoded).request();
  }

  private static String heard(ChatRequest request) {
    List<String> texts =
        request.messages().stream()
            .map(
                message ->
                    switch (message) {
                      case Message.User user -> user.text();
                      case Message.Assistant assistant -> assistant.text();
                      case Message.Instruction instruction -> instruction.text();
                      case Message.ToolResult result -> result.text();
                    })
            .toList();
    return texts.stream().collect(Collectors.joining("\n"));
  }
}
