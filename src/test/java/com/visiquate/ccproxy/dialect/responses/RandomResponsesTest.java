package com.visiquate.ccproxy.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever happens in whatever order: the stream is valid, and nothing is lost. */
final class RandomResponsesTest {
  private static final List<String> WORDS =
      List.of("a", " b", "naïve", "日本", "🚀", "\"", "\\n", "\n", "\0", "{,", "\t", "%s");
  private static final String TOOLS =
      """
      "tools":[{"type":"function","name":"f"},{"type":"custom","name":"c"},\
      {"type":"local_shell"},{"type":"shell"},{"type":"apply_patch"},\
      {"type":"namespace","name":"n","tools":[{"type":"function","name":"f"}]}]\
      """;
  private static final List<String> NAMES =
      List.of("f", "c", "local_shell", "shell", "apply_patch", "n__f", "unheard_of");
  private static final List<String> ARGUMENTS =
      List.of(
          "{}",
          "{\"input\":\"é\\n\"}",
          "{\"input\":{\"a\":1}}",
          "{\"command\":[\"ls\",1],\"env\":{\"A\":2}}",
          "{\"commands\":\"ls\",\"timeout_ms\":\"x\"}",
          "{\"operation\":{\"type\":\"move\",\"path\":7}}");

  /** What must arrive. */
  private static final class Script {
    final StringBuilder text = new StringBuilder();
    final StringBuilder thinking = new StringBuilder();
    int calls;
  }

  @Test
  void everyInterleavingBecomesAValidStream() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("RandomResponsesTest seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      Talk talk = Talk.streamed(TOOLS + (random.nextBoolean() ? ",\"store\":false" : ""));
      Script script = new Script();
      for (int i = random.nextInt(15); i > 0; i--) {
        step(talk, script, random);
      }
      int ending = random.nextInt(4);
      check(end(talk, ending), script, ending);
    }
  }

  private static void check(String stream, Script script, int ending) {
    ResponsesStreamGrammar heard = ResponsesStreamGrammar.check(stream);
    long calls = heard.items().stream().filter(RandomResponsesTest::isCall).count();
    assertThat(calls).isEqualTo(script.calls);
    assertThat(script.text.toString()).startsWith(heard.text());
    assertThat(script.thinking.toString()).startsWith(heard.thinking());
    assertThat(heard.types().getLast())
        .isEqualTo(
            ending == 0
                ? "response.failed"
                : ending == 1 ? "response.incomplete" : "response.completed");
    if (ending != 0) {
      assertThat(heard.text()).isEqualTo(script.text.toString());
      assertThat(heard.thinking()).isEqualTo(script.thinking.toString());
    }
  }

  private static boolean isCall(JsonNode item) {
    return item.get("type").textValue().endsWith("_call");
  }

  private static String end(Talk talk, int ending) {
    if (ending == 0) {
      String all = talk.breaks(Failure.Kind.BACKEND_LOST);
      talk.says("late").beats();
      assertThat(talk.ends()).isEmpty();
      return all;
    }
    String all = talk.ends(ending == 1 ? FinishReason.LENGTH : FinishReason.STOP);
    talk.says("late").beats();
    assertThat(talk.breaks(Failure.Kind.INTERNAL)).isEmpty();
    return all;
  }

  private static void step(Talk talk, Script script, Random random) {
    switch (random.nextInt(5)) {
      case 0, 1 -> talk.says(word(script.text, random));
      case 2 -> talk.thinks(word(script.thinking, random));
      case 3 -> {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        talk.calls("call_" + script.calls, name, ARGUMENTS.get(random.nextInt(ARGUMENTS.size())));
        script.calls++;
      }
      default -> talk.beats();
    }
  }

  private static String word(StringBuilder said, Random random) {
    String word = WORDS.get(random.nextInt(WORDS.size()));
    said.append(word);
    return word;
  }
}
