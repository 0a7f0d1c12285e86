package com.visiquate.ccproxy.load.swarm;

/** What an agent has read of one answer. */
final class Reply {
  private final VirtualClock clock;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder arguments = new StringBuilder();
  private String tool = "";
  private String call = "";
  private String trouble = "";
  private boolean ended;
  private double firstToken = Double.NaN;

  Reply(VirtualClock clock) {
    this.clock = clock;
  }

  void say(String more) {
    if (!more.isEmpty()) {
      spoke();
      text.append(more);
    }
  }

  /** A tool call, or a part of one. */
  void call(String id, String name, String someArguments) {
    spoke();
    call += id;
    tool += name;
    arguments.append(someArguments);
  }

  void end() {
    ended = true;
  }

  void fail(String why) {
    trouble = why;
  }

  private void spoke() {
    if (Double.isNaN(firstToken)) {
      firstToken = clock.now();
    }
  }

  String text() {
    return text.toString();
  }

  boolean calls() {
    return !tool.isEmpty();
  }

  String tool() {
    return tool;
  }

  String callId() {
    return call;
  }

  String arguments() {
    return arguments.toString();
  }

  double firstToken() {
    return firstToken;
  }

  /** What is wrong with it; empty when nothing is. */
  String trouble(Turn turn) {
    if (!trouble.isEmpty() || !ended) {
      return trouble.isEmpty() ? "the answer has no end" : trouble;
    }
    return calls() == turn.last() ? "a tool call was expected, or none" : "";
  }
}
