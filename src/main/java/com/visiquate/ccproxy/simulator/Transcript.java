package com.visiquate.ccproxy.simulator;

import java.util.ArrayList;
import java.util.List;

/** Everything an answer has said that was not sent yet. */
final class Transcript {
  private final List<String> pieces = new ArrayList<>();
  private final StringBuilder thinking = new StringBuilder();
  private final List<Utterance.Call> calls = new ArrayList<>();

  void add(Utterance.Line line) {
    pieces.add(line.text());
    thinking.append(line.thinking());
    calls.addAll(line.calls());
  }

  List<String> pieces() {
    return pieces;
  }

  String text() {
    return String.join("", pieces);
  }

  String thinking() {
    return thinking.toString();
  }

  List<Utterance.Call> calls() {
    return calls;
  }
}
