package com.visiquate.ccproxy.cache.flight;

import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.fleet.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a run has said, as long as somebody may need it; of a bounded size. */
final class Log {
  private final long most;
  private final List<@Nullable Said> messages = new ArrayList<>();
  private long bytes;
  private int forgotten;
  private int paid;
  private boolean over;
  private @Nullable Placement placement;

  Log(long most) {
    this.most = most;
  }

  void add(Said said) {
    messages.add(said);
    placement = said.placement();
    for (ChatEvent event : said.events()) {
      bytes += EventSize.of(event);
      over |= event instanceof ChatEvent.Finished;
    }
  }

  int size() {
    return messages.size();
  }

  /** Where its run is; there must be a message. */
  Placement placement() {
    return Objects.requireNonNull(placement, "placement");
  }

  boolean isOver() {
    return over;
  }

  /** Whether all of it is still there. */
  boolean isComplete() {
    return forgotten == 0 && bytes <= most;
  }

  /** One that is still there. */
  Said message(int number) {
    return Objects.requireNonNull(messages.get(number), "message");
  }

  /** All events from this message on. */
  List<ChatEvent> events(int from) {
    List<ChatEvent> events = new ArrayList<>();
    for (int i = from; i < messages.size(); i++) {
      events.addAll(message(i).events());
    }
    return events;
  }

  /** So many have been taken; how many of them have not been paid for. */
  int paid(int taken) {
    int owed = taken - paid;
    paid = Math.max(paid, taken);
    return Math.max(0, owed);
  }

  /** Once it is too much to be kept, what everybody has heard goes. */
  void forget(int heardByAll) {
    if (bytes <= most) {
      return;
    }
    for (; forgotten < heardByAll; forgotten++) {
      messages.set(forgotten, null);
    }
  }

  /** Another run begins. */
  void clear() {
    messages.clear();
    bytes = 0;
    forgotten = 0;
    paid = 0;
    over = false;
    placement = null;
  }
}
