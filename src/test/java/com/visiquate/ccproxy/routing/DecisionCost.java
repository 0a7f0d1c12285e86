package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.START;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Prints what one decision costs with so many waiting requests; run it by hand. */
final class DecisionCost {
  private static final int DECISIONS = 20_000;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private DecisionCost() {}

  public static void main(String[] arguments) {
    for (int round = 0; round < 3; round++) {
      for (int waiting : List.of(100, 1_000, 10_000, 100_000)) {
        System.out.printf("%,d waiting: %.1f us a decision%n", waiting, microseconds(waiting));
      }
    }
  }

  /** A slot ends, another request starts there, and a new one comes in, at so many waiting. */
  static double microseconds(int waiting) {
    Floor floor = new Floor(Fixture.equalBackends(3, 2, Fixture.bounds(400_000)));
    List<Submission> next = new ArrayList<>();
    for (int i = 0; i < waiting + DECISIONS; i++) {
      next.add(submission(i));
    }
    for (int i = 0; i < waiting; i++) {
      floor.submit(next.get(i), START);
    }
    Deque<RoutingEffect.Start> running = new ArrayDeque<>(floor.starts());
    long nanos = 0;
    for (int i = 0; i < DECISIONS; i++) {
      RoutingEffect.Start done = running.removeFirst();
      Instant now = START.plusMillis(10L * i);
      Ended report = completed(done);
      long begun = CPU.getCurrentThreadCpuTime();
      List<RoutingEffect.Start> starts = floor.finish(report, now);
      nanos += CPU.getCurrentThreadCpuTime() - begun;
      running.addAll(starts);
      floor.submit(next.get(waiting + i), now);
    }
    return nanos / 1e3 / DECISIONS;
  }

  private static Ended completed(RoutingEffect.Start done) {
    Message.Assistant answer = new Message.Assistant("done", "", List.of());
    return new Ended(
        done.submission().exchange(),
        done.placement().backend(),
        Outcome.COMPLETED,
        Fixture.COUNTS,
        answer,
        false);
  }

  private static Submission submission(int number) {
    String role = "You are number %d. ".formatted(number % 10).repeat(20);
    List<Message> messages =
        List.of(new Message.Instruction(role), new Message.User("Do number " + number));
    ChatRequest request = ChatRequest.of(Fixture.FAST.value(), messages);
    ClientId client = new ClientId("client-" + number % 120);
    return new Submission(
        Fixture.exchange(number),
        0,
        Fixture.FAST,
        request,
        Priority.NORMAL,
        client,
        Fixture.at(1_000_000));
  }
}
