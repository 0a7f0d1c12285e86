package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Asks one request after the other on one connection, each when it is due, and keeps the time of
 * every one. A request that comes too late because the one before it took too long is charged with
 * that: its time begins when it was due.
 */
final class Probe {
  private static final long PATIENCE_MILLIS = 20_000;

  private final Target target;
  private final Ask ask;
  private final Selector selector = Selector.open();
  private final ByteBuffer input = ByteBuffer.allocate(65_536);
  private final Tally tally = new Tally();

  Probe(Target target, Ask ask) throws IOException {
    this.target = target;
    this.ask = ask;
  }

  /**
   * Milliseconds of each request.
   *
   * @param answered is told how many have been answered
   */
  double[] run(Arrivals.Open open, IntConsumer answered) throws IOException {
    double[] times = new double[open.count()];
    long start = System.nanoTime();
    Client client = new Client(target.port(), selector, new Answer(tally.delays()));
    byte[] request = target.request(ask);
    for (int i = 0; i < times.length; i++) {
      long due = start + open.due(i);
      await(due);
      client.ask(request, due);
      times[i] = (answer(client) - due) / 1e6;
      tally.answered(client, ask, target.ending(ask), System.nanoTime());
      answered.accept(i + 1);
    }
    client.close();
    selector.close();
    if (tally.failed() > 0) {
      throw new IOException("not every answer was right: " + tally.failures());
    }
    return times;
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private long answer(Client client) throws IOException {
    boolean open = true;
    while (open && !client.answered()) {
      if (selector.select(PATIENCE_MILLIS) == 0) {
        throw new IOException("no answer within 20 s");
      }
      selector.selectedKeys().clear();
      open = client.read(input);
    }
    return System.nanoTime();
  }
}
