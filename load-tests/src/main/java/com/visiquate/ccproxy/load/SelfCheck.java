package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * Proves on each run that the load generator does not omit what a standing backend costs.
 *
 * <p>The fake stands still for a fifth of a two-second open loop at 1,000 requests/s. So at least a
 * sixth of all requests must have waited, some of them nearly as long as the fake stood; a
 * generator that waits politely with the fake would report one slow request in thousands.
 */
final class SelfCheck {
  private static final Duration STALL = Duration.ofMillis(400);
  private static final Load LOAD =
      new Load("self-check", Ask.whole(1), Arrivals.Open.during(1_000, Duration.ofSeconds(2)));

  private SelfCheck() {}

  static String run(Target direct) throws IOException, InterruptedException {
    Thread staller = Thread.ofPlatform().start(() -> stall(direct));
    Tally tally;
    try (Generator generator = new Generator(direct, LOAD, Generator.Span.UNWATCHED)) {
      tally = generator.run();
    }
    staller.join();
    double p90 = tally.latency().getValueAtPercentile(90) / 1e3;
    double worst = tally.latency().getMaxValue() / 1e3;
    if (tally.failed() > 0 || p90 < 100 || worst < 390) {
      throw new IllegalStateException(
          "the load generator omits waiting: p90 %.0f ms, worst %.0f ms".formatted(p90, worst));
    }
    return "a stall of 400 ms in 2 s at 1,000 requests/s shows as p50 %.2f ms, p90 %.0f ms, worst %.0f ms"
        .formatted(tally.latency().getValueAtPercentile(50) / 1e3, p90, worst);
  }

  private static void stall(Target direct) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), direct.port())) {
      Thread.sleep(600);
      OutputStream out = socket.getOutputStream();
      out.write(direct.request(Ask.stalling(STALL)));
      out.flush();
      socket.getInputStream().read();
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException("the fake could not be asked to stand still", broken);
    }
  }
}
