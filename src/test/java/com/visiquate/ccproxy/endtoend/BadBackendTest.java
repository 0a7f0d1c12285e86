package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.Extent;
import com.visiquate.ccproxy.simulator.Fault;
import com.visiquate.ccproxy.simulator.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One of three backends is no good: that must not attract requests, and nobody must notice. */
final class BadBackendTest {
  private static final int CLIENTS = 20;
  private static final int EACH = 50;
  private static final int SLOTS = 2;

  private final Stack stack =
      Stack.start(
              Recipe.of(3, Recipe.instant().withSlots(SLOTS))
                  .with("queue: {length: 1000}")
                  .with("limits: {first-token: 3s}"))
          .answer("q", Script.text("a"));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void answersFiveHundredAtOnce() throws Exception {
    Waits.done(stack.ollama(0).inject(Fault.Status.error(500, "broken"), new Extent.Always()));
    assertThat(succeeded()).isEqualTo(CLIENTS * EACH);
    assertAvoided();
  }

  @Test
  void refusesConnections() throws Exception {
    Waits.done(stack.ollama(0).inject(new Fault.Refuse()));
    assertThat(succeeded()).isEqualTo(CLIENTS * EACH);
    assertThat(stack.silentWaits()).isZero();
  }

  /** What it was sent before anybody could know is lost, but for the limit that sends it on. */
  @Test
  void takesRequestsAndSaysNothing() throws Exception {
    Waits.done(stack.ollama(0).inject(new Fault.Hang(), new Extent.Always()));
    assertThat(succeeded()).isGreaterThanOrEqualTo(CLIENTS * EACH - SLOTS);
    assertAvoided();
  }

  private void assertAvoided() {
    long bad = stack.ollama(0).seen().requests("/api/chat");
    assertThat(bad).isLessThan(CLIENTS * EACH / 10);
    assertThat(stack.silentWaits()).isZero();
  }

  private int succeeded() throws Exception {
    AtomicInteger good = new AtomicInteger();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> asking = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        asking.add(clients.submit(() -> ask(good)));
      }
      asking.forEach(Waits::done);
    }
    return good.get();
  }

  private Void ask(AtomicInteger good) throws IOException {
    try (RawClient client = stack.client()) {
      for (int i = 0; i < EACH; i++) {
        RawClient.Reply reply = client.post(Chat.PATH, Chat.whole("q")).reply();
        if (reply.status() == 200) {
          good.incrementAndGet();
        }
      }
    }
    return null;
  }
}
