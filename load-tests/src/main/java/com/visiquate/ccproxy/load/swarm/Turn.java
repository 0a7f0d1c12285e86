package com.visiquate.ccproxy.load.swarm;

/**
 * One question of an agent: its task first, a tool's result later. Its text ends with what the
 * simulator shall answer.
 *
 * @param answerTokens of the answer, a tool call included
 * @param last whether the answer is the end, and not a tool call
 */
record Turn(String text, int answerTokens, boolean last) {
  int tokens() {
    return Prose.tokens(text);
  }
}
