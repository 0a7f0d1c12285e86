package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One coding agent: it asks, uses a tool for five seconds, asks again, and is done after a while.
 */
final class SwarmAgent {
  private static final RawJson ARGUMENTS = new RawJson("{\"path\":\"src\"}");

  final int number;
  final ModelName model;
  final Priority priority;
  private final SwarmPrompt.Piece role;
  private final SwarmPieces pieces;
  private final RandomGenerator random;
  private final boolean returning;
  private SwarmPrompt prompt;
  private int turns;
  private int answerTokens;

  SwarmAgent(
      int number,
      ModelName model,
      Priority priority,
      SwarmPieces pieces,
      RandomGenerator random,
      boolean returning) {
    this.number = number;
    this.model = model;
    this.priority = priority;
    this.pieces = pieces;
    this.random = random;
    this.returning = returning;
    this.role = pieces.role(random);
    this.turns = random.nextInt(4, 11);
    this.answerTokens = random.nextInt(40, 401);
    this.prompt = vacancy();
  }

  SwarmPrompt prompt() {
    return prompt;
  }

  int answerTokens() {
    return answerTokens;
  }

  /** What the model says this time; all turns but the last one call a tool. */
  SwarmPrompt.Piece answer() {
    List<ToolCall> calls = turns > 1 ? List.of(new ToolCall("c", "read", ARGUMENTS)) : List.of();
    return pieces.answer(answerTokens, calls);
  }

  /** Goes on after this answer; false when it was the last one. */
  boolean goOn(SwarmPrompt.Piece answer) {
    turns--;
    answerTokens = random.nextInt(40, 401);
    int more = random.nextInt(100, 1_501);
    prompt = returning ? prompt.with(answer).with(pieces.text(more, Message.User::new)) : vacancy();
    return turns > 0;
  }

  private SwarmPrompt vacancy() {
    int tokens = random.nextInt(100, 1_501);
    return new SwarmPrompt(List.of(role, pieces.text(tokens, Message.User::new)));
  }
}
