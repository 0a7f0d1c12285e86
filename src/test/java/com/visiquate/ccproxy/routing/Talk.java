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
  private static final int ROLES = 3;

  private final RandomGenerator random;
  private final List<List<Message>> open = new ArrayList<>();

  Talk(RandomGenerator random) {
    this.random = random;
  }

  List<Message> next(int number) {
    if (!open.isEmpty() && random.nextBoolean()) {
      List<Message> turn = new ArrayList<>(open.remove(random.nextInt(open.size())));
      turn.add(new Message.ToolResult("", "", "result " + number, List.of()));
      return turn;
    }
    String role = "You are number %d. ".formatted(random.nextInt(ROLES)).repeat(200);
    return List.of(new Message.Instruction(role), new Message.User("hello " + number));
  }

  Message.Assistant answer(ChatRequest request) {
    ToolCall call = new ToolCall("c", "look", RawJson.EMPTY_OBJECT);
    List<ToolCall> calls = random.nextBoolean() ? List.of(call) : List.of();
    Message.Assistant answer = new Message.Assistant("so I say", "", calls);
    List<Message> turn = new ArrayList<>(request.messages());
    turn.add(answer);
    open.add(turn);
    return answer;
  }
}
