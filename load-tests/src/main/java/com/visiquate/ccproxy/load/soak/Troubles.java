package com.visiquate.ccproxy.load.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Breaks one backend after the other and heals it, and remembers when. */
final class Troubles {
  static final Duration GAP = Duration.ofSeconds(40);
  private static final Duration LENGTH = Duration.ofSeconds(8);
  private static final Duration AFTERMATH = Duration.ofSeconds(20);

  private record Span(Trouble trouble, long from, long healed) {
    boolean touches(long begin, long end) {
      return from <= end && begin <= healed + AFTERMATH.toNanos();
    }
  }

  private final Ollamas ollamas;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  Troubles(Ollamas ollamas) {
    this.ollamas = ollamas;
  }

  /** Until this moment; the last one leaves time to see what comes after it. */
  void run(long until) throws IOException, InterruptedException {
    for (int i = 0; until - System.nanoTime() > GAP.toNanos(); i++) {
      Thread.sleep(i == 0 ? GAP : GAP.minus(LENGTH));
      Trouble trouble = Trouble.number(i);
      int backend = i % ollamas.count();
      long from = System.nanoTime();
      System.err.println("backend " + (backend + 1) + ": " + trouble.words());
      spans.add(new Span(trouble, from, from + LENGTH.toNanos()));
      ollamas.arm(backend, trouble.order());
      Thread.sleep(LENGTH);
      ollamas.heal(backend);
      System.err.println("backend " + (backend + 1) + " is healed");
    }
  }

  /** Whether a backend was in trouble, or shortly before, when something failed at this moment. */
  boolean excuse(long failed) {
    return spans.stream().anyMatch(span -> span.trouble.excuses() && span.touches(failed, failed));
  }

  /** Whether anything at all was done to a backend around this moment. */
  boolean explain(long seen) {
    return spans.stream().anyMatch(span -> span.touches(seen, seen));
  }

  List<String> words() {
    List<String> words = new ArrayList<>();
    spans.forEach(span -> words.add(span.trouble.words()));
    return words;
  }
}
