package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * The same decisions by the CPU time of their thread, which other programs on the machine lengthen
 * less; the second round counts, when the JIT compiler has seen everything.
 */
final class CpuCost {
  private static final int ROUNDS = 2;
  private static final int DECISIONS = 20_000;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private CpuCost() {}

  public static void main(String[] arguments) {
    for (int round = 1; round <= ROUNDS; round++) {
      for (int backends : List.of(3, 30, 300)) {
        for (int waiting : List.of(10, 1_000, 10_000, 100_000)) {
          double cost = microseconds(backends, waiting);
          System.out.printf(
              "round %d, %d backends, %,d waiting: %.1f µs%n", round, backends, waiting, cost);
        }
      }
    }
  }

  private static double microseconds(int backends, int waiting) {
    Busy busy = new Busy(backends, waiting - 1);
    long nanos = 0;
    for (int i = 0; i < DECISIONS; i++) {
      busy.note(busy.submit(busy.next()));
      Ended ended = busy.oldest();
      long begun = CPU.getCurrentThreadCpuTime();
      List<RoutingEffect> effects = busy.finish(ended);
      nanos += CPU.getCurrentThreadCpuTime() - begun;
      busy.note(effects);
    }
    return nanos / 1e3 / DECISIONS;
  }
}
