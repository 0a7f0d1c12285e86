package com.visiquate.ccproxy.backend.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EventOutboxTest {
  @Test
  void mergesWhatWaitsForCredit() {
    EventOutbox outbox = new EventOutbox();
    for (int i = 0; i < EventOutbox.FIRST_CREDIT; i++) {
      outbox.add(text("a"));
      assertThat(outbox.next()).hasSize(1);
    }
    outbox.add(text("b"));
    outbox.add(text("c"));
    assertThat(outbox.next()).isEmpty();
    outbox.grant(1);
    assertThat(outbox.next()).hasSize(2);
  }

  @Test
  void isFullBeyondItsBound() {
    EventOutbox outbox = new EventOutbox();
    outbox.add(text("x".repeat(EventOutbox.BOUND_BYTES)));
    assertThat(outbox.isFull()).isTrue();
    outbox.rest();
    assertThat(outbox.isFull()).isFalse();
  }

  @Test
  void losesNothingAndNeverExceedsItsCredit() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    EventOutbox outbox = new EventOutbox();
    List<ChatEvent> in = new ArrayList<>();
    List<ChatEvent> out = new ArrayList<>();
    int credit = EventOutbox.FIRST_CREDIT;
    for (int i = 0; i < 5_000; i++) {
      List<ChatEvent> more = text("t" + i);
      in.addAll(more);
      outbox.add(more);
      if (random.nextInt(4) == 0) {
        outbox.grant(1);
        credit++;
      }
      List<ChatEvent> sent = outbox.next();
      credit -= sent.isEmpty() ? 0 : 1;
      out.addAll(sent);
      assertThat(credit).as("seed %d", seed).isNotNegative();
    }
    out.addAll(outbox.rest());
    assertThat(out).as("seed %d", seed).isEqualTo(in);
  }

  private static List<ChatEvent> text(String text) {
    return List.of(new ChatEvent.Text(text));
  }
}
