package com.visiquate.ccproxy.simulator.speech;

import java.util.ArrayList;
import java.util.List;

/** Everything an answer has said that was not sent yet. */
public final class Transcript {
  private final List<String> pieces = new ArrayList<>();
  private final StringBuilder thinking = new StringBuilder();
  private final List<Utterance.Call> calls = new ArrayList<>();

  public void add(Utterance.Line line) {
    pieces.add(line.text());
    thinking.append(line.thinking());
    calls.addAll(line.calls());
  }

  public List<String> pieces() {
    return pieces;
  }

  public String text() {
    return String.join("", pieces);
  }

  public String thinking() {
    return thinking.toString();
  }

  public List<Utterance.Call> calls() {
    return calls;
  }
}
