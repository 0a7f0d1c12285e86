package com.visiquate.ccproxy.routing;

import com.sun.management.OperatingSystemMXBean;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.ReplayMessage.Replayed;
import com.visiquate.ccproxy.bus.ScheduleStep;
import com.visiquate.ccproxy.bus.ScheduleSteps;
import com.visiquate.ccproxy.bus.TimelineMessage.RunsQuery;
import com.visiquate.ccproxy.bus.TimelineMessage.StretchesQuery;
import com.visiquate.ccproxy.config.TimelineSettings;
import com.visiquate.ccproxy.routing.replay.WhatIf;
import com.visiquate.ccproxy.timeline.Timeline;
import com.visiquate.ccproxy.timeline.TimelineVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What it costs to keep a timeline and to ask it, and how long a replay of it takes. */
public final class TimelineCost {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int DAY = 240_000;
  private static final int PER_SECOND = 1_000;
  private static final int DECISIONS = 50_000;
  private static final int ROUNDS = 5;
  private static final int SECONDS = 5;
  private static final int REPLAYED = 10_000;

  private static final DeploymentOptions WORKER =
      new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);

  private TimelineCost() {}

  /** Prints rows of a table. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("| | |\n|---|---:|");
    memory();
    double noting = noting();
    double telling = telling();
    row("of a core at 1,000 requests/s, both", "%.2f %%", (noting + telling) * PER_SECOND / 1e4);
    replay();
    System.exit(0);
  }

  /** A day of ten thousand requests an hour. */
  private static void memory() {
    Past past = new Past(7);
    long before = used();
    Timeline timeline = new Timeline(Duration.ofHours(24), 50L << 20);
    for (int i = 0; i < DAY; i++) {
      past.next(86_400.0 / DAY, timeline::happened);
    }
    long after = used();
    row("requests of a day that are kept", "%,.0f", timeline.rows());
    row("memory of that day (MB)", "%.1f", (after - before) / 1e6);
    row("the same as it is reckoned (MB)", "%.1f", timeline.bytes() / 1e6);
    long from = past.first();
    ask(timeline, "the last 15 minutes (ms)", past.now() - 900_000, past.now(), past);
    ask(timeline, "a whole day, 5,000 stretches (ms)", from, past.now(), past);
    long begun = System.nanoTime();
    timeline.runs(new RunsQuery(past.now() - 8 * 3_600_000, 20_000));
    row("20,000 past runs for a replay (ms)", "%.1f", (System.nanoTime() - begun) / 1e6);
  }

  private static void ask(Timeline timeline, String what, long from, long to, Past past) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      timeline.find(new StretchesQuery(from, to, 5_000), past.instant());
      least = Math.min(least, (System.nanoTime() - begun) / 1e6);
    }
    row(what, "%.1f", least);
  }

  /** Microseconds that the scheduler takes longer for a request while somebody listens. */
  private static double noting() {
    double silent = Double.MAX_VALUE;
    double heard = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      silent = Math.min(silent, decisions(false));
      heard = Math.min(heard, decisions(true));
    }
    row("CPU of the scheduler for a request, nobody listens (µs)", "%.2f", silent);
    row("while somebody does (µs)", "%.2f", heard);
    return Math.max(0, heard - silent);
  }

  private static double decisions(boolean listened) {
    Busy busy = new Busy(3, 10);
    busy.listen(listened);
    long nanos = 0;
    for (int i = 0; i < DECISIONS; i++) {
      var submission = busy.next();
      Ended ended = busy.oldest();
      long begun = CPU.getCurrentThreadCpuTime();
      busy.note(busy.submit(submission));
      busy.note(busy.finish(ended));
      busy.steps();
      nanos += CPU.getCurrentThreadCpuTime() - begun;
    }
    return nanos / 1e3 / DECISIONS;
  }

  /** Microseconds that the whole process takes for a request to tell and to keep its steps. */
  private static double telling() throws Exception {
    Vertx vertx = Vertx.vertx();
    Bus bus = Bus.of(vertx);
    double silent = Double.MAX_VALUE;
    double heard = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      silent = Math.min(silent, process(bus));
      String timeline = done(vertx.deployVerticle(timeline(), WORKER));
      heard = Math.min(heard, process(bus));
      done(vertx.undeploy(timeline));
    }
    row("CPU of the process for a request whose steps are only made (µs)", "%.2f", silent);
    row("and whose steps are told and kept (µs)", "%.2f", heard);
    return Math.max(0, heard - silent);
  }

  private static TimelineVerticle timeline() {
    return new TimelineVerticle(TimelineSettings.DEFAULT, InstantSource.system());
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** All of a tenth of a second in one message, as routing does. */
  private static double process(Bus bus) throws InterruptedException {
    Past past = new Past(5);
    long begun = PROCESS.getProcessCpuTime();
    long next = System.nanoTime();
    for (int i = 0; i < 10 * SECONDS; i++) {
      List<ScheduleStep> steps = new ArrayList<>();
      for (int j = 0; j < PER_SECOND / 10; j++) {
        past.next(1.0 / PER_SECOND, steps::add);
      }
      if (bus.isHeard(Address.SCHEDULE_STEPS)) {
        bus.publish(Address.SCHEDULE_STEPS, new ScheduleSteps(steps));
      }
      next += 100_000_000;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
    }
    return (PROCESS.getProcessCpuTime() - begun) / 1e3 / (SECONDS * PER_SECOND);
  }

  private static void replay() {
    Past past = new Past(3);
    Timeline timeline = new Timeline(Duration.ofHours(24), 50L << 20);
    for (int i = 0; i < REPLAYED; i++) {
      past.next(2.88, timeline::happened);
    }
    var runs = timeline.runs(new RunsQuery(0, REPLAYED));
    for (String with : List.of("routing.patience=0.03", "routing.strategy=least-requests")) {
      String[] setting = with.split("=");
      WhatIf question = new WhatIf(past.plan(), past.statuses(), Map.of(setting[0], setting[1]));
      double least = Double.MAX_VALUE;
      double first = 0;
      for (int i = 0; i < 3; i++) {
        long begun = System.nanoTime();
        Replayed answer = question.answer(runs);
        double took = (System.nanoTime() - begun) / 1e9;
        first = i == 0 ? took : first;
        least = Math.min(least, took);
        if (answer.requests() != REPLAYED) {
          throw new IllegalStateException(answer.toString());
        }
      }
      row("10,000 requests replayed twice, as it is and with " + with + " (s)", "%.2f", least);
      row("the same, the first time (s)", "%.2f", first);
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void row(String what, String form, double value) {
    System.out.printf("| %s | " + form + " |%n", what, value);
  }
}
