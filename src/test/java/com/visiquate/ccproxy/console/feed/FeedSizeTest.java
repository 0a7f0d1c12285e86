package com.visiquate.ccproxy.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.FeedMessage.Frame;
import com.visiquate.ccproxy.fleet.QueueReport.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How much one viewer is sent: time is virtual, so bytes a second are exact. */
final class FeedSizeTest {
  private static final int BACKENDS = 50;
  private static final int SLOTS = 4;
  private static final int WAITING = 500;
  private static final int SECONDS = 60;

  private final Random random = new Random(7);
  private final Feed feed = new Feed("1.0", "node", Scenes.START);
  private final Deque<String> queue = new ArrayDeque<>();
  private final List<Running> running = new ArrayList<>();
  private int next;

  private record Running(String id, int backend, double since, double spoke, double end) {}

  @Test
  void isLittleWithFiveHundredWaitingAndTwoHundredSlots() {
    for (int i = 0; i < WAITING; i++) {
      queue.add(name());
    }
    long bytes = 0;
    for (int half = 0; half < 2 * SECONDS; half++) {
      Frame change = feed.update(scene(half / 2.0));
      // The first one is the whole document.
      bytes += change == null || half == 0 ? 0 : change.bytes().length;
    }
    assertThat(bytes / SECONDS).isBetween(2_000L, 20_000L);
    assertThat(feed.since(null).getFirst().bytes().length).isLessThan(250_000);
  }

  private String name() {
    return "%022d".formatted(next++);
  }

  /** Each request takes a third of a minute; whoever starts is replaced by a newcomer. */
  private Picture scene(double at) {
    running.removeIf(one -> one.end <= at);
    for (int i = running.size(); i < BACKENDS * SLOTS; i++) {
      double spoke = at + 5 * random.nextDouble();
      double end = at == 0 ? 20 * random.nextDouble() : spoke + 15 + 5 * random.nextDouble();
      running.add(new Running(queue.remove(), backend(), at, spoke, end));
      queue.add(name());
    }
    Scenes scene = new Scenes(BACKENDS, SLOTS).at(at);
    boolean counted = at % 2 == 0;
    for (Running one : running) {
      Phase phase = one.spoke <= at ? Phase.ANSWER : Phase.PROMPT;
      // What is expected is never quite the same.
      double until = one.end + random.nextGaussian();
      scene.runs("b" + one.backend, Scenes.request(one.id, Scenes.M), phase, one.since, until);
      double moment = counted ? at : at - at % 2;
      scene.said(one.id, (int) Math.max(0, 30 * (moment - one.spoke)));
    }
    int place = 0;
    for (String id : queue) {
      int number = Integer.parseInt(id);
      double start = at + place++ / 10.0 + random.nextGaussian();
      scene.waits(id, -number % 60, number, start);
    }
    return scene.picture();
  }

  private int backend() {
    int[] taken = new int[BACKENDS];
    running.forEach(one -> taken[one.backend]++);
    int least = 0;
    for (int i = 1; i < BACKENDS; i++) {
      least = taken[i] < taken[least] ? i : least;
    }
    return least;
  }
}
