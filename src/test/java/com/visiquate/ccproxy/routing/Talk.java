package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random conversations of a few roles: some begin, some go on, some answers call tools. */
final class Talk {
  private static final int LONGEST = 12;
  private static final int OPEN = 8;
  private static final ToolCall CALL = new ToolCall("c", "look", RawJson.EMPTY_OBJECT);
  private static final List<Message> ROLES = List.of(role(0), role(1), role(2));

  private final RandomGenerator random;
  private final List<List<Message>> open = new ArrayList<>();

  Talk(RandomGenerator random) {
    this.random = random;
  }

  private static Message role(int number) {
    return new Message.Instruction("You are number %d. ".formatted(number).repeat(40));
  }

  List<Message> next(long number) {
    if (!open.isEmpty() && random.nextBoolean()) {
      List<Message> turn = new ArrayList<>(open.remove(random.nextInt(open.size())));
      turn.add(new Message.ToolResult("", "", "result " + number, List.of()));
      return turn;
    }
    Message role = ROLES.get(random.nextInt(ROLES.size()));
    return List.of(role, new Message.User("hello " + number));
  }

  Message.Assistant answer(ChatRequest request) {
    List<ToolCall> calls = random.nextBoolean() ? List.of(CALL) : List.of();
    Message.Assistant answer = new Message.Assistant("so I say", "", calls);
    if (request.messages().size() < LONGEST) {
      List<Message> turn = new ArrayList<>(request.messages());
      turn.add(answer);
      if (open.size() < OPEN) {
        open.add(turn);
      } else {
        open.set(random.nextInt(OPEN), turn);
      }
    }
    return answer;
  }
}
