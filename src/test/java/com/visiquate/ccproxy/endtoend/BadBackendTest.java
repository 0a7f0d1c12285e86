package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.simulator.fault.Extent;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.speech.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One of three backends is no good: that must not attract requests, and nobody must notice. */
@Tag("endtoend")
final class BadBackendTest {
  private static final int CLIENTS = 20;
  private static final int EACH = 100;
  private static final int ALL = CLIENTS * EACH;
  private static final int SLOTS = 2;
  private static final String BAD = "b0";
  private static final long CONNECT_MILLIS = 1_000;

  /** What is in its slots when it goes bad, and one request that proves it well, or not, later. */
  private static final int FEW = 4 * SLOTS;

  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final BlackHole hole = new BlackHole();

  /** What one client got, and after how long. */
  private record Answer(int status, String backend, int attempts, long millis) {
    boolean isGood() {
      return status == 200;
    }
  }

  BadBackendTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    hole.close();
  }

  @Test
  void answersFiveHundredAtOnce() {
    try (Stack stack = stack()) {
      Waits.done(stack.ollama(0).inject(Fault.Status.error(500, "broken"), new Extent.Always()));
      askAll(stack);
      assertGood(ALL);
      assertThat(answers).noneMatch(answer -> answer.backend.equals(BAD));
      assertThat(stack.ollama(0).seen().requests("/api/chat")).isLessThan(ALL / 20);
      assertThat(stack.silentWaits()).isZero();
    }
  }

  @Test
  void refusesConnections() {
    try (Stack stack = stack()) {
      Waits.done(stack.ollama(0).inject(new Fault.Refuse()));
      askAll(stack);
      assertGood(ALL);
      assertThat(triedElsewhere()).isLessThanOrEqualTo(FEW);
      assertThat(stack.silentWaits()).isZero();
    }
  }

  /** What it was sent before anybody could know is lost, but for the limit that sends it on. */
  @Test
  void takesRequestsAndSaysNothing() {
    try (Stack stack = stack()) {
      Waits.done(stack.ollama(0).inject(new Fault.Hang(), new Extent.Always()));
      askAll(stack);
      assertGood(ALL - SLOTS);
      assertThat(stack.ollama(0).seen().requests("/api/chat")).isLessThanOrEqualTo(FEW);
      assertThat(stack.silentWaits()).isZero();
    }
  }

  @Test
  void wasNeverThere() throws IOException {
    hole.swallow();
    try (Stack stack = behindTheHole()) {
      askAll(stack);
      assertGood(ALL);
      assertThat(triedElsewhere()).isZero();
      assertQuick();
      assertThat(stack.ollama(0).seen().requests()).isEmpty();
      assertThat(stack.silentWaits()).isZero();
    }
  }

  /** No reset, no refusal: what it has is lost with it, and nothing else is. */
  @Test
  void vanishesInTheMiddleOfEverything() throws Exception {
    try (Stack stack = behindTheHole();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> asking = begin(stack, clients);
      stack.until(() -> answers.stream().anyMatch(answer -> answer.backend.equals(BAD)));
      hole.swallow();
      long swallowed = stack.ollama(0).seen().requests("/api/chat");
      asking.forEach(Waits::done);
      assertGood(ALL - SLOTS);
      assertThat(triedElsewhere()).isLessThanOrEqualTo(FEW);
      assertQuick();
      assertThat(stack.ollama(0).seen().requests("/api/chat")).isEqualTo(swallowed);
      stack.untilStatus(0, status -> status.health() == Health.DOWN);
      answers.clear();
      askAll(stack);
      assertGood(ALL);
      assertThat(triedElsewhere()).isZero();
      assertThat(stack.silentWaits()).isZero();
    }
  }

  private static Recipe recipe() {
    return Recipe.of(3, Recipe.instant().withSlots(SLOTS))
        .with("queue: {length: 1000}")
        .with("limits: {connect: %dms, first-token: 3s}".formatted(CONNECT_MILLIS));
  }

  private static Stack stack() {
    return Stack.start(recipe()).answer("q", Script.text("a"));
  }

  private Stack behindTheHole() {
    return Stack.behind(hole, recipe()).answer("q", Script.text("a"));
  }

  private void assertGood(int least) {
    assertThat(answers).hasSize(ALL);
    assertThat(answers)
        .filteredOn(answer -> !answer.isGood())
        .hasSizeLessThanOrEqualTo(ALL - least);
    assertThat((double) least / ALL).isGreaterThanOrEqualTo(0.999);
  }

  /** How many were sent to a backend that failed them before another one answered. */
  private long triedElsewhere() {
    return answers.stream().filter(answer -> answer.attempts > 1).count();
  }

  /** Nobody but the few that met it has waited for a connection that does not come to stand. */
  private void assertQuick() {
    List<Long> sorted = answers.stream().map(Answer::millis).sorted().toList();
    assertThat(sorted.get(ALL * 99 / 100)).isLessThan(CONNECT_MILLIS);
  }

  private void askAll(Stack stack) {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      begin(stack, clients).forEach(Waits::done);
    }
  }

  private List<Future<?>> begin(Stack stack, ExecutorService clients) {
    List<Future<?>> asking = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      asking.add(clients.submit(() -> ask(stack)));
    }
    return asking;
  }

  private Void ask(Stack stack) throws IOException {
    try (RawClient client = stack.client()) {
      for (int i = 0; i < EACH; i++) {
        long begun = System.nanoTime();
        RawClient.Reply reply = client.post(Chat.PATH, Chat.whole("q")).reply();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        answers.add(
            new Answer(
                reply.status(),
                reply.header("x-ccproxy-backend"),
                Integer.parseInt(reply.headers().getOrDefault("x-ccproxy-attempts", "0")),
                millis));
      }
    }
    return null;
  }
}
