package com.visiquate.ccproxy.load.soak;

import com.visiquate.ccproxy.load.Machine;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs clients of every kind for a while, with backends that break; says what went wrong. */
public final class Soak {
  private static final int CROWD = 24;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(90);

  private final Gateway gateway;
  private final Troubles troubles;
  private final Tally tally;
  private final Watch watch;
  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicInteger atWork = new AtomicInteger(2 * CROWD);

  private Soak(Gateway gateway, Ollamas ollamas) {
    this.gateway = gateway;
    troubles = new Troubles(ollamas);
    tally = new Tally(troubles);
    watch = new Watch(gateway, ollamas, troubles);
  }

  /** Arguments: seconds, the jar, a folder for logs, the file of the report. */
  public static void main(String[] arguments) throws Exception {
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[0]));
    Path jar = Path.of(arguments[1]);
    Path folder = Files.createDirectories(Path.of(arguments[2]));
    List<String> faults;
    try (Ollamas ollamas = Ollamas.start(jar, folder);
        Gateway gateway = Gateway.start(jar, folder, ollamas.urls())) {
      Soak soak = new Soak(gateway, ollamas);
      soak.run(time);
      faults = soak.faults();
      String report = soak.report(time, faults);
      Files.writeString(Path.of(arguments[3]), report);
      System.out.println(report);
    }
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  private void run(Duration time) throws Exception {
    long until = System.nanoTime() + time.toNanos();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    HttpClient http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
    for (int i = 0; i < CROWD; i++) {
      Client first = new Client(http, gateway.url(), tally, i);
      Client steady = new Client(http, gateway.url(), tally, CROWD + i);
      // No embeddings: these would not wait for the model that everybody wants.
      Dialect dialect = Dialect.values()[i % (Dialect.values().length - 1)];
      threads.submit(() -> leave(() -> joinFirst(first, dialect)));
      threads.submit(() -> leave(() -> steady.work(until)));
    }
    Future<?> breaking = threads.submit(() -> breakBackends(until));
    long end = until + LAST_ANSWERS.toNanos();
    while (System.nanoTime() < until || atWork.get() > 0 && System.nanoTime() < end) {
      watch.look();
      TimeUnit.SECONDS.sleep(1);
    }
    breaking.get();
  }

  private Void breakBackends(long until) throws IOException, InterruptedException {
    troubles.run(until);
    return null;
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private Void leave(Work work) throws InterruptedException {
    work.run();
    atWork.decrementAndGet();
    return null;
  }

  private void joinFirst(Client client, Dialect dialect) throws InterruptedException {
    if (client.ask(dialect, Mood.STAYS)) {
      finished.incrementAndGet();
    }
  }

  private List<String> faults() {
    List<String> faults = new ArrayList<>(tally.failures());
    if (finished.get() < CROWD) {
      faults.add("of the first %d only %d were answered".formatted(CROWD, finished.get()));
    }
    if (atWork.get() > 0) {
      faults.add(atWork + " client(s) still wait " + LAST_ANSWERS.toSeconds() + " s after the end");
    }
    faults.addAll(watch.faults());
    return faults;
  }

  private String report(Duration time, List<String> faults) {
    List<String> lines = new ArrayList<>();
    lines.add("# Soak\n");
    lines.add("- `load-tests/soak.sh " + time.toSeconds() + "`");
    lines.add(
        "- %d cores of %s; JDK %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                Machine.processor(),
                Runtime.version()));
    lines.add(
        "- of the first %d, asked at once, %d were answered".formatted(CROWD, finished.get()));
    lines.add("- done to backends, one at a time: " + String.join(", ", troubles.words()));
    watch.facts().forEach(fact -> lines.add("- " + fact));
    lines.add("\n" + tally.table() + "\n");
    lines.add(faults.isEmpty() ? "Passed." : "Failed:\n");
    faults.forEach(fault -> lines.add("- " + fault));
    return String.join("\n", lines) + "\n";
  }
}
