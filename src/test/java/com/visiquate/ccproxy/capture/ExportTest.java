package com.visiquate.ccproxy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.chat.Message;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes a file for training. */
final class ExportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Message ASK = new Message.User("list the files");
  private static final Message CALL = Turns.calls("", Turns.call("c1", "{\"command\":\"ls\"}"));
  private static final Export.Wanted ALL = new Export.Wanted(null, null, null, Instant.MIN, "all");

  @Test
  void passesTheCheckOfTheFormat() throws JsonProcessingException {
    Line plain = Turns.line("a", 1, Turns.answer("hello"), new Message.Instruction("be kind"), ASK);
    Line result = Turns.line("b", 2, Turns.answer("a.txt"), ASK, CALL, Turns.result("c1", "a.txt"));
    Line calls =
        Turns.line("c", 3, Turns.calls("I look", Turns.call("c2", "{}")), new Message.User("x"));

    Export export = Export.of(List.of(plain, result, calls), ALL);

    assertThat(export.left()).isEmpty();
    assertThat(export.lines()).hasSize(3);
    for (String line : export.lines()) {
      assertThat(line).doesNotContain("\n");
      check(JSON.readTree(line));
    }
  }

  @Test
  void aResultThatNamesNoCallAnswersTheFirstOpenOne() {
    Line line = Turns.line("a", 1, Turns.answer("ok"), ASK, CALL, Turns.result("", "a.txt"));

    assertThat(line.training().at("/messages/2/tool_call_id").asText()).isEqualTo("c1");
  }

  @Test
  void leavesOutWhatTheCheckWouldRefuse() {
    Line silent = Turns.line("a", 1, Turns.answer(""), ASK);
    Line unanswered = Turns.line("b", 2, Turns.answer("ok"), ASK, CALL);
    Line stray = Turns.line("c", 3, Turns.answer("ok"), ASK, Turns.result("c9", "a.txt"));
    Line unasked = Turns.line("d", 4, Turns.answer("ok"), new Message.Instruction("be kind"));

    Export export = Export.of(List.of(silent, unanswered, stray, unasked), ALL);

    assertThat(export.lines()).isEmpty();
    assertThat(export.left())
        .containsOnlyKeys(
            "its last message is not the model's",
            "a call has no result",
            "a result answers no call",
            "nobody asks anything in it");
  }

  @Test
  void takesEachConversationOnce() {
    Line first = Turns.line("a", 1, Turns.answer("one"), ASK);
    Line longer =
        Turns.line("a", 2, Turns.answer("two"), ASK, Turns.answer("one"), new Message.User("go"));
    Line again = Turns.line("b", 3, Turns.answer("other"), ASK);

    Export export = Export.of(List.of(first, longer, again), ALL);

    assertThat(export.lines()).hasSize(2).last().asString().contains("other");
    assertThat(export.left()).containsEntry("it is there in a longer or later form", 1);
  }

  @Test
  void takesOnlyWhatIsWanted() {
    List<Line> kept = List.of(Turns.line("a", 1, Turns.answer("one"), ASK));
    Instant later = Turns.START.plusSeconds(61);

    assertThat(lines(kept, new Export.Wanted("coding", "agents", "m", Turns.START, "completed")))
        .isOne();
    assertThat(lines(kept, new Export.Wanted("other", null, null, Turns.START, "all"))).isZero();
    assertThat(lines(kept, new Export.Wanted(null, "other", null, Turns.START, "all"))).isZero();
    assertThat(lines(kept, new Export.Wanted(null, null, "other", Turns.START, "all"))).isZero();
    assertThat(lines(kept, new Export.Wanted(null, null, null, later, "all"))).isZero();
    assertThat(lines(kept, new Export.Wanted(null, null, null, Turns.START, "length"))).isZero();
  }

  @Test
  void isReadAsItWasWritten() {
    Line line = Turns.line("a", 1, Turns.answer("one"), ASK, CALL, Turns.result("c1", "x"), ASK);

    assertThat(Line.read(line.json()))
        .hasValueSatisfying(
            read -> {
              assertThat(read.json()).isEqualTo(line.json());
              assertThat(read.course()).isEqualTo(line.course());
            });
  }

  private static int lines(List<Line> kept, Export.Wanted wanted) {
    return Export.of(kept, wanted).lines().size();
  }

  /** The rules of OpenAI's cookbook for the format of training files, written down anew. */
  private static void check(JsonNode line) {
    assertThat(line.fieldNames())
        .toIterable()
        .isSubsetOf("messages", "tools", "parallel_tool_calls");
    JsonNode messages = line.path("messages");
    assertThat(messages.isArray() && !messages.isEmpty()).isTrue();
    Set<String> names = new HashSet<>();
    for (JsonNode tool : line.path("tools")) {
      assertThat(tool.path("type").asText()).isEqualTo("function");
      assertThat(tool.at("/function/parameters").isObject()).isTrue();
      names.add(tool.at("/function/name").asText());
    }
    Set<String> open = new HashSet<>();
    for (JsonNode message : messages) {
      String role = message.path("role").asText();
      assertThat(role).isIn("system", "user", "assistant", "tool");
      assertThat(message.fieldNames())
          .toIterable()
          .isSubsetOf("role", "content", "name", "tool_calls", "tool_call_id", "weight");
      boolean calls = !message.path("tool_calls").isEmpty();
      assertThat(calls || message.path("content").isTextual()).isTrue();
      assertThat(calls || !message.path("content").asText().isEmpty()).isTrue();
      if (message.has("weight")) {
        assertThat(role).isEqualTo("assistant");
        assertThat(message.path("weight").asInt(-1)).isIn(0, 1);
      }
      if (role.equals("tool")) {
        assertThat(open.remove(message.path("tool_call_id").asText())).isTrue();
      } else {
        assertThat(open).isEmpty();
      }
      for (JsonNode call : message.path("tool_calls")) {
        assertThat(role).isEqualTo("assistant");
        assertThat(call.path("type").asText()).isEqualTo("function");
        assertThat(names).contains(call.at("/function/name").asText());
        assertThat(call.at("/function/arguments").isTextual()).isTrue();
        open.add(call.path("id").asText());
      }
    }
    assertThat(messages.get(messages.size() - 1).path("role").asText()).isEqualTo("assistant");
  }
}
