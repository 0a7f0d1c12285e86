package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** What it costs a request to be looked at for a loop, by the CPU time of the thread that looks. */
public final class LoopCost {
  private static final int TIMES = 20_000;
  private static final int ROUNDS = 7;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static long sum;

  private LoopCost() {}

  public static void main(String[] arguments) {
    System.out.println("| looking for a loop | CPU (µs) | aim |");
    System.out.println("|---|---:|---:|");
    row("two messages without tools", List.of(new Message.User("a"), new Message.User("b")), "≤ 1");
    row("400 messages without tools", talk(400, 0, false), "≤ 1");
    row("400 messages, the last a result of 10 kB", talk(400, 10_000, false), "");
    row("the same 100 times in a row", talk(400, 10_000, true), "");
    if (sum == 0) {
      throw new IllegalStateException();
    }
  }

  private static List<Message> talk(int messages, int result, boolean same) {
    List<Message> all = new ArrayList<>();
    for (int i = 0; i < messages / 2; i++) {
      if (result == 0) {
        all.add(new Message.User("question " + i));
        all.add(new Message.Assistant("answer " + i, "", List.of()));
      } else {
        ToolCall call = new ToolCall("c" + i, "run", new RawJson("{\"command\":\"ls -l\"}"));
        all.add(new Message.Assistant("", "", List.of(call)));
        String text = "x".repeat(result - 9) + "%09d".formatted(same && i >= 100 ? 0 : i + 1);
        all.add(new Message.ToolResult("c" + i, "run", text, List.of()));
      }
    }
    if (result == 0) {
      all.add(new Message.User("and now?"));
    }
    return all;
  }

  private static void row(String name, List<Message> messages, String aim) {
    double[] micros = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      // Texts that were never hashed, as those of a new request.
      List<ChatRequest> requests = new ArrayList<>();
      int times = messages.size() > 100 ? TIMES / 100 : TIMES;
      for (int i = 0; i < times; i++) {
        requests.add(ChatRequest.of("m", messages.stream().map(LoopCost::anew).toList()));
      }
      long begun = CPU.getCurrentThreadCpuTime();
      for (ChatRequest request : requests) {
        sum += Repetition.of(request).map(Repetition::turn).orElse(1L);
      }
      micros[round] = (CPU.getCurrentThreadCpuTime() - begun) / 1e3 / times;
    }
    java.util.Arrays.sort(micros);
    System.out.printf("| %s | %.2f | %s |%n", name, micros[ROUNDS / 2], aim);
  }

  private static Message anew(Message message) {
    return message instanceof Message.ToolResult one
        ? new Message.ToolResult(
            one.callId(), one.toolName(), new String(one.text().toCharArray()), List.of())
        : message;
  }
}
