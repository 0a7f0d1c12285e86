package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Makes the pieces of prompts, each with a text that no other piece has. */
final class SwarmPieces {
  private static final int ROLES = 10;

  private final List<SwarmPrompt.Piece> roles = new ArrayList<>();
  private int count;

  SwarmPieces(RandomGenerator random) {
    for (int i = 0; i < ROLES; i++) {
      roles.add(text(random.nextInt(4_000, 20_001), Message.Instruction::new));
    }
  }

  List<SwarmPrompt.Piece> roles() {
    return roles;
  }

  SwarmPrompt.Piece role(RandomGenerator random) {
    return roles.get(random.nextInt(ROLES));
  }

  SwarmPrompt.Piece text(int tokens, Function<String, Message> message) {
    return new SwarmPrompt.Piece(++count, tokens, message.apply(words(tokens)));
  }

  SwarmPrompt.Piece answer(int tokens, List<ToolCall> calls) {
    count++;
    return new SwarmPrompt.Piece(count, tokens, new Message.Assistant(words(tokens), "", calls));
  }

  private String words(int tokens) {
    String word = "piece %d ".formatted(count + 1);
    return word.repeat(tokens / word.length() + 1).substring(0, tokens);
  }
}
