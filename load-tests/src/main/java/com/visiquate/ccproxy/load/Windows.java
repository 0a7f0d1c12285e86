package com.visiquate.ccproxy.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** The CPU of a process while its requests 1 to 10, 11 to 200 and the others are answered. */
final class Windows implements IntConsumer {
  private static final int[] ENDS = {10, 200, Integer.MAX_VALUE};
  private final ProcessHandle process;
  private final List<String> cells = new ArrayList<>();
  private double before;
  private int begun;
  private int answered;

  Windows(ProcessHandle process) {
    this.process = process;
    before = Usage.cpuSeconds(process);
  }

  @Override
  public void accept(int count) {
    answered = count;
    if (count == ENDS[cells.size()]) {
      close();
    }
  }

  private void close() {
    double now = Usage.cpuSeconds(process);
    cells.add(
        answered == begun ? "–" : "%.2f".formatted((now - before) * 1e3 / (answered - begun)));
    before = now;
    begun = answered;
  }

  List<String> cells() {
    while (cells.size() < ENDS.length) {
      close();
    }
    return cells;
  }
}
