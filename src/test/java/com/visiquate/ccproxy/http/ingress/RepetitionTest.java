package com.visiquate.ccproxy.http.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RepetitionTest {
  private static final int WORLDS = 20_000;
  private final List<Message> messages = new ArrayList<>(List.of(new Message.User("do it")));
  private int ids;

  private RepetitionTest turn(String arguments, String result) {
    String id = "call" + ids++;
    ToolCall call = new ToolCall(id, "run", new RawJson(arguments));
    messages.add(new Message.Assistant("try " + ids, "hm " + ids, List.of(call)));
    messages.add(new Message.ToolResult(id, "run", result, List.of()));
    return this;
  }

  private RepetitionTest say(Message message) {
    messages.add(message);
    return this;
  }

  private int times() {
    return Repetition.of(ChatRequest.of("m", messages)).map(Repetition::times).orElse(0);
  }

  private long number() {
    return Repetition.of(ChatRequest.of("m", messages)).orElseThrow().turn();
  }

  @Test
  void countsTheLastToolTurnInARowWhateverItsIdsAndWords() {
    turn("{}", "a");
    assertThat(times()).isEqualTo(1);
    turn("{\"x\":1}", "failed").turn("{\"x\":1}", "failed").turn("{\"x\":1}", "failed");
    assertThat(times()).isEqualTo(3);
    turn("{\"x\":1}", "failed");
    assertThat(times()).isEqualTo(4);
  }

  @Test
  void anotherResultAnotherArgumentAndAnotherToolEndTheRow() {
    turn("{}", "a").turn("{}", "a").turn("{}", "b");
    assertThat(times()).isEqualTo(1);
    turn("{ }", "b");
    assertThat(times()).isEqualTo(1);
    say(call("other", "{ }")).say(new Message.ToolResult("", "other", "b", List.of()));
    assertThat(times()).isEqualTo(1);
    say(call("other", "{ }"))
        .say(new Message.ToolResult("", "other", "b", List.of(new Image("AAAA"))));
    assertThat(times()).isEqualTo(1);
  }

  private static Message call(String name, String arguments) {
    ToolCall call = new ToolCall("", name, new RawJson(arguments));
    return new Message.Assistant("", "", List.of(call));
  }

  @Test
  void anAnswerInBetweenEndsTheRow() {
    turn("{}", "a").turn("{}", "a");
    say(new Message.Assistant("done", "", List.of())).say(new Message.User("again"));
    assertThat(times()).isZero();
    turn("{}", "a");
    assertThat(times()).isEqualTo(1);
  }

  @Test
  void whatClientsPutBesideResultsDoesNotCount() {
    Message reminder = new Message.User("<system-reminder>12:01</system-reminder>");
    turn("{}", "a").say(reminder).turn("{}", "a").say(new Message.Instruction("be short"));
    assertThat(times()).isEqualTo(2);
  }

  @Test
  void whatIsSaidBeforeACallMayBeAMessageOfItsOwn() {
    turn("{}", "a").say(new Message.Assistant("once more", "", List.of())).turn("{}", "a");
    assertThat(times()).isEqualTo(2);
  }

  @Test
  void callsAtOnceAreOneTurn() {
    for (int i = 0; i < 3; i++) {
      ToolCall one = new ToolCall("a" + i, "run", new RawJson("{}"));
      ToolCall two = new ToolCall("b" + i, "look", new RawJson("{}"));
      say(new Message.Assistant("", "", List.of(one, two)));
      say(new Message.ToolResult("a" + i, "run", "1", List.of()));
      say(new Message.ToolResult("b" + i, "look", "2", List.of()));
    }
    assertThat(times()).isEqualTo(3);
  }

  @Test
  void withoutResultsThereIsNone() {
    assertThat(times()).isZero();
    say(call("run", "{}"));
    assertThat(times()).isZero();
    messages.clear();
    assertThat(times()).isZero();
    say(new Message.ToolResult("x", "", "of nobody", List.of()));
    assertThat(times()).isZero();
  }

  /** Turns out of a small world, each of which knows its name; the names say what must be. */
  @Test
  void agreesWithItsNamesInAnyConversation() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<Long, String> numbers = new HashMap<>();
    for (int world = 0; world < WORLDS; world++) {
      messages.clear();
      List<String> names = new ArrayList<>();
      int length = 1 + random.nextInt(8);
      for (int i = 0; i < length; i++) {
        names.add(step(random));
      }
      String last = names.getLast();
      int expected = 0;
      while (!last.isEmpty()
          && expected < names.size()
          && names.get(names.size() - 1 - expected).equals(last)) {
        expected++;
      }
      assertThat(times()).as("seed %d, %s", seed, names).isEqualTo(expected);
      if (expected > 0) {
        assertThat(numbers.computeIfAbsent(number(), none -> last))
            .as("seed %d: one number for two turns", seed)
            .isEqualTo(last);
      }
    }
    assertThat(numbers).hasSizeLessThanOrEqualTo(4);
  }

  /** The name of a tool turn; an empty one of an answer and the next question. */
  private String step(Random random) {
    if (random.nextInt(6) == 0) {
      say(new Message.Assistant("well", "", List.of())).say(new Message.User("and now?"));
      return "";
    }
    String arguments = "{\"x\":" + random.nextInt(2) + "}";
    String result = "y" + random.nextInt(2);
    turn(arguments, result);
    if (random.nextBoolean()) {
      say(new Message.User("at " + random.nextInt()));
    }
    return arguments + result;
  }
}
