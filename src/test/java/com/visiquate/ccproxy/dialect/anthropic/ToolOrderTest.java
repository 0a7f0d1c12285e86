package com.visiquate.ccproxy.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Tool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * In which order the model sees tools: it sees them first, so only ever at their end may change.
 */
final class ToolOrderTest {
  private static final String SEARCH = tool("ToolSearch", false);

  @Test
  void onlyEverAppends() {
    String tools =
        String.join(
            ",",
            tool("a", true),
            tool("b", false),
            tool("c", true),
            tool("DeferredToolPlaceholder", true),
            tool("d", true),
            SEARCH);
    List<String> conversation = new ArrayList<>(List.of(Talk.user("Hi")));
    assertThat(offered(tools, conversation)).containsExactly("b", "ToolSearch");

    conversation.add(found("d"));
    assertThat(offered(tools, conversation)).containsExactly("b", "ToolSearch", "d");

    conversation.add(found("a", "d", "unknown"));
    assertThat(offered(tools, conversation)).containsExactly("b", "ToolSearch", "d", "a");

    conversation.add(added(tool("0", false)));
    assertThat(offered(tools, conversation)).containsExactly("b", "ToolSearch", "d", "a", "0");
  }

  @Test
  void offersNoneThatIsRemoved() {
    String tools = tool("a", false) + "," + tool("b", false);
    List<String> conversation = new ArrayList<>(List.of(Talk.user("Hi"), added(tool("c", false))));

    conversation.add(changed("tool_removal", "b"));
    conversation.add(changed("tool_removal", "c"));
    assertThat(offered(tools, conversation)).containsExactly("a");

    conversation.add(changed("tool_addition", "c"));
    conversation.add(changed("tool_addition", "b"));
    assertThat(offered(tools, conversation)).containsExactly("a", "c", "b");
  }

  @Test
  void offersAllThatOnlyAServerCouldFind() {
    String search = "{\"type\":\"tool_search_tool_regex_20251119\",\"name\":\"tool_search\"}";
    String tools = String.join(",", tool("a", true), search, tool("b", false), tool("c", true));

    assertThat(offered(tools, List.of(Talk.user("Hi")))).containsExactly("b", "a", "c");
    assertThat(offered(tools, List.of(Talk.user("Hi"), found("c")))).containsExactly("b", "a", "c");
  }

  @Test
  void offersWhatMustBeCalledAndWhatWasCalled() {
    String tools = String.join(",", tool("a", true), SEARCH, tool("c", true));
    String call =
        "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"c\",\"input\":{}}]}";

    assertThat(offered(tools, List.of(Talk.user("Hi"), call))).containsExactly("ToolSearch", "c");
    String choice = ",\"tool_choice\":{\"type\":\"tool\",\"name\":\"a\"}";
    assertThat(names(Talk.of(body(tools, List.of(Talk.user("Hi")), choice))))
        .containsExactly("ToolSearch", "a");
  }

  @Test
  void followsTheChangesThatACompactionSumsUp() {
    String compacted =
        "{\"role\":\"user\",\"content\":[{\"type\":\"compaction\",\"content\":\"Much.\",\"tool_changes\":["
            + "{\"type\":\"tool_addition\",\"tool\":{\"type\":\"tool_reference\",\"name\":\"c\"}},"
            + "{\"type\":\"tool_removal\",\"tool\":{\"type\":\"tool_reference\",\"name\":\"b\"}}]}]}";
    String tools = String.join(",", tool("a", false), tool("b", false), tool("c", true));

    assertThat(offered(tools, List.of(compacted))).containsExactly("a", "c");
  }

  private static List<String> offered(String tools, List<String> conversation) {
    return names(Talk.of(body(tools, conversation, "")));
  }

  private static List<String> names(Talk talk) {
    return talk.request().tools().stream().map(Tool::name).toList();
  }

  private static String body(String tools, List<String> conversation, String more) {
    return "{\"model\":\"m\",\"max_tokens\":9,\"tools\":[%s],\"messages\":[%s]%s}"
        .formatted(tools, String.join(",", conversation), more);
  }

  private static String tool(String name, boolean deferred) {
    return "{\"name\":\"%s\",\"input_schema\":{},\"defer_loading\":%s}".formatted(name, deferred);
  }

  private static String found(String... names) {
    List<String> references = new ArrayList<>();
    for (String name : names) {
      references.add("{\"type\":\"tool_reference\",\"tool_name\":\"%s\"}".formatted(name));
    }
    return "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"1\",\"content\":[%s]}]}"
        .formatted(String.join(",", references));
  }

  private static String added(String definition) {
    return "{\"role\":\"system\",\"content\":[{\"type\":\"tool_addition\",\"tool\":{\"type\":\"tool_definition\",\"definition\":%s}}]}"
        .formatted(definition);
  }

  private static String changed(String how, String name) {
    return "{\"role\":\"system\",\"content\":[{\"type\":\"%s\",\"tool\":{\"type\":\"tool_reference\",\"name\":\"%s\"}}]}"
        .formatted(how, name);
  }
}
