package com.visiquate.ccproxy.cache;

import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.cache.store.AnswerCodec;
import com.visiquate.ccproxy.cache.store.AnswerKey;
import com.visiquate.ccproxy.cache.store.LocalAnswers;
import com.visiquate.ccproxy.cache.store.StoredAnswer;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.config.Config;
import com.visiquate.ccproxy.config.Loaded;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelName;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** What each step of the cache costs, by the CPU time of the thread that takes it. */
public final class CacheParts {
  private static final int TIMES = 20_000;
  private static final int ROUNDS = 9;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static int sum;

  private CacheParts() {}

  public static void main(String[] arguments) {
    Fingerprints fingerprints = fingerprints();
    LocalAnswers local = new LocalAnswers(64 << 20, InstantSource.system());
    System.out.println("| a step of the cache | CPU (µs) |");
    System.out.println("|---|---:|");
    Submit small = submit("x".repeat(200));
    row("the key of a request of 300 bytes", i -> fingerprints.of(small, "", ""));
    Submit large = submit("x".repeat(20_000));
    row("the key of a request of 20 kB", i -> fingerprints.of(large, "", ""));
    AnswerKey key = fingerprints.of(small, "", "").orElseThrow();
    StoredAnswer answer = answer(16);
    row(
        "keeping an answer of 16 tokens",
        i -> {
          AnswerKey one = new AnswerKey("m", "", key.digest().substring(8) + (10_000_000 + i));
          local.put(one, AnswerCodec.encode(one, answer).orElseThrow(), answer.until());
          return one;
        });
    for (int tokens : new int[] {16, 32, 500}) {
      byte[] bytes = AnswerCodec.encode(key, answer(tokens)).orElseThrow();
      local.put(key, bytes, answer.until());
      row(
          "finding one of %d tokens".formatted(tokens),
          i -> local.find(key).flatMap(found -> AnswerCodec.decode(key, found)));
    }
    if (sum == 0) {
      throw new IllegalStateException();
    }
  }

  private static void row(String name, IntFunction<Object> step) {
    double[] micros = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long begun = CPU.getCurrentThreadCpuTime();
      for (int i = 0; i < TIMES; i++) {
        sum += step.apply(round * TIMES + i).hashCode() & 1;
      }
      micros[round] = (CPU.getCurrentThreadCpuTime() - begun) / 1e3 / TIMES;
    }
    // The first rounds are those of the JIT compiler.
    double[] last = Arrays.copyOfRange(micros, ROUNDS / 2, ROUNDS);
    Arrays.sort(last);
    System.out.printf("| %s | %.1f |%n", name, last[last.length / 2]);
  }

  private static StoredAnswer answer(int tokens) {
    List<ChatEvent> events = new ArrayList<>();
    for (int i = 0; i < tokens; i++) {
      events.add(new ChatEvent.Text(" token" + i));
    }
    events.add(new ChatEvent.Finished(FinishReason.STOP, new Counts(20, 0, tokens, 1, 2, 3, 4)));
    Instant now = Instant.now();
    return new StoredAnswer(new ModelName("m"), events, now, now.plusSeconds(600));
  }

  private static Submit submit(String text) {
    return new Submit(
        new ExchangeId("x"),
        0,
        ChatRequest.of("m", List.of(new Message.User(text))),
        null,
        new ClientId("c"),
        Instant.MAX,
        FallbackOptions.NONE,
        true);
  }

  private static Fingerprints fingerprints() {
    String yaml =
        "backends: [{id: b, url: \"http://127.0.0.1:1\"}]\n"
            + "models: [{name: m, ollama: m, context: 4096, backends: [b]}]\n";
    FleetPlan plan = ((Loaded.Valid) Config.parse("x.yaml", yaml, Map.of())).settings().plan();
    Fingerprints fingerprints = new Fingerprints(plan);
    InstalledModel model = new InstalledModel("m", "d1", Set.of("completion"));
    fingerprints.follow(
        new BackendStatus(
            new BackendId("b"), Health.UP, "", 1, 0, 0, 0, List.of(), List.of(model), ""));
    return fingerprints;
  }
}
