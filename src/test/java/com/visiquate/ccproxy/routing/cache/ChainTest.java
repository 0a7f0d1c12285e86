package com.visiquate.ccproxy.routing.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChainTest {
  private static final Message ROLE = new Message.Instruction("You are careful. ".repeat(100));
  private static final Message.Assistant ANSWER = new Message.Assistant("Yes.", "", List.of());

  @Test
  void sharesAllOfAnEqualRequest() {
    Chain chain = chain(ROLE, new Message.User("one"));
    assertThat(chain.common(chain(ROLE, new Message.User("one")))).isEqualTo(chain.length());
    assertThat(chain).isEqualTo(chain(ROLE, new Message.User("one")));
  }

  @Test
  void sharesTheRoleOfAnotherConversation() {
    Chain one = chain(ROLE, new Message.User("one"));
    Chain two = chain(ROLE, new Message.User("two"));
    assertThat(one.common(two)).isEqualTo(chain(ROLE).length());
    assertThat(one.role()).isEqualTo(two.role()).isEqualTo(chain(ROLE).end());
  }

  @Test
  void sharesNothingWithAnotherRole() {
    Message other = new Message.Instruction("I am careless. ".repeat(100));
    assertThat(chain(ROLE).common(chain(other))).isZero();
  }

  @Test
  void sharesTheBlocksBeforeAChangeInALongText() {
    String text = "0123456789".repeat(500);
    Chain whole = chain(new Message.User(text));
    Chain changed = chain(new Message.User(text.substring(0, 4_000) + "x"));
    assertThat(whole.common(changed)).isBetween(3_700, 4_018);
  }

  @Test
  void knowsTheTurnThatARequestContinues() {
    Chain first = chain(ROLE, new Message.User("one"));
    Chain next = chain(ROLE, new Message.User("one"), ANSWER, new Message.User("two"));
    assertThat(next.continued()).isEqualTo(first.end());
    assertThat(next.follows(first.end())).isTrue();
    assertThat(first.continued()).isZero();
  }

  @Test
  void holdsTheAnswerThatTheClientSendsBack() {
    ToolCall call = new ToolCall("id-1", "read", new RawJson("{\"path\":\"a\"}"));
    Message.Assistant spoken = new Message.Assistant("I look. ", "Hm.", List.of(call));
    ToolCall again = new ToolCall("id-2", "read", new RawJson("{\"path\":\"a\"}"));
    Message.Assistant sent = new Message.Assistant("I look.", "", List.of(again));
    Chain cached = chain(ROLE, new Message.User("one")).with(spoken);
    Chain next = chain(ROLE, new Message.User("one"), sent, new Message.User("two"));
    assertThat(cached.common(next)).isEqualTo(cached.length());
  }

  @Test
  void tellsTextsApartThatAreCutElsewhere() {
    Chain one = chain(new Message.User("ab"), new Message.User("c"));
    Chain two = chain(new Message.User("a"), new Message.User("bc"));
    assertThat(one).isNotEqualTo(two);
  }

  @Test
  void comparesAsASearchFromTheStartWould() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<Message> left = messages(random);
      List<Message> right = new ArrayList<>(left.subList(0, random.nextInt(left.size() + 1)));
      right.addAll(messages(random));
      Chain one = Rendering.of(ChatRequest.of("m", left));
      Chain two = Rendering.of(ChatRequest.of("m", right));
      assertThat(one.common(two)).isEqualTo(slowly(one, two)).isEqualTo(two.common(one));
      assertThat(one.begins(two)).isEqualTo(one.common(two) == one.length());
      assertThat(one.begins(one)).isTrue();
    }
  }

  @Test
  void hasNoEqualHashesForTenThousandPrompts() {
    Set<Long> ends = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ends.add(chain(ROLE, new Message.User("number " + i)).end());
    }
    assertThat(ends).hasSize(10_000);
  }

  private static int slowly(Chain one, Chain two) {
    int common = 0;
    int most = Math.min(one.hashes().length, two.hashes().length);
    for (int i = 0; i < most && one.hashes()[i] == two.hashes()[i]; i++) {
      common = one.lengths()[i];
    }
    return common;
  }

  private static List<Message> messages(Random random) {
    List<Message> messages = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      messages.add(
          new Message.User("text %d ".formatted(random.nextInt()).repeat(random.nextInt(1, 90))));
    }
    return messages;
  }

  private static Chain chain(Message... messages) {
    return Chain.of(ChatRequest.of("m", List.of(messages)));
  }
}
