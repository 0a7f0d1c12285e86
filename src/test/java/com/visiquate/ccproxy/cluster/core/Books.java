package com.visiquate.ccproxy.cluster.core;

import static org.assertj.core.api.Assertions.fail;

import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What every client has heard: one answer from its beginning, and one end. */
final class Books {
  private final Map<ExchangeId, Page> pages = new LinkedHashMap<>();

  /** Which client has heard of which run. */
  private final Map<String, ExchangeId> hearers = new HashMap<>();

  private final List<Long> starts = new ArrayList<>();

  private static final class Page {
    private final SimNode node;
    private String run = "";
    private int tokens;
    private int failures;
    private boolean over;
    private boolean left;
    private boolean served;

    Page(SimNode node) {
      this.node = node;
    }
  }

  void asked(ExchangeId exchange, SimNode node) {
    pages.put(exchange, new Page(node));
  }

  private Page page(ExchangeId exchange) {
    return Objects.requireNonNull(pages.get(exchange));
  }

  /** Its client has left; what it hears from now on is nothing. */
  void left(ExchangeId exchange) {
    Page page = page(exchange);
    page.left = true;
    page.over = true;
  }

  /** A backend has failed it before its first word. */
  void failed(ExchangeId exchange) {
    page(exchange).failures++;
  }

  SimNode home(ExchangeId exchange) {
    return page(exchange).node;
  }

  boolean isOpen(ExchangeId exchange) {
    return !page(exchange).over;
  }

  void heard(SimNode node, ToIngress message) {
    Page page = pages.get(message.exchange());
    if (page == null || page.node != node) {
      fail("%s is heard by a node that did not ask: %s", message.exchange(), message);
      return;
    }
    if (page.left) {
      return;
    }
    switch (message) {
      case Said said -> said.events().forEach(event -> said(page, said.exchange(), event));
      case Broke broke -> broke(page, broke);
      case Answered(var exchange, Refused refused) -> fail("%s refused: %s", exchange, refused);
      default -> {}
    }
  }

  private void said(Page page, ExchangeId exchange, ChatEvent event) {
    if (page.over) {
      fail("%s hears %s after its end", exchange, event);
    }
    if (event instanceof ChatEvent.Text(var text, var logprobs)) {
      String[] parts = text.split(":", -1);
      if (page.tokens > 0 && !page.run.equals(parts[0])) {
        fail("%s hears run %s after run %s", exchange, parts[0], page.run);
      }
      page.run = parts[0];
      page.tokens++;
      if (page.tokens != Integer.parseInt(parts[1])) {
        fail("%s hears token %s as the %d.", exchange, text, page.tokens);
      }
      ExchangeId other = hearers.putIfAbsent(parts[0], exchange);
      if (other != null && !other.equals(exchange)) {
        fail("run %s is heard by %s and %s", parts[0], other, exchange);
      }
    } else if (event instanceof ChatEvent.Finished) {
      page.over = true;
      page.served = true;
    }
  }

  private static void broke(Page page, Broke broke) {
    if (page.over) {
      fail("%s ends twice: %s", broke.exchange(), broke);
    }
    if (page.tokens == 0 && page.failures == 0) {
      fail("%s waited and was not served: %s", broke.exchange(), broke);
    }
    page.over = true;
  }

  List<ExchangeId> open(SimNode node) {
    return pages.entrySet().stream()
        .filter(entry -> !entry.getValue().over && entry.getValue().node == node)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A request has got its slot. */
  void started(long at) {
    starts.add(at);
  }

  /** Requests that got theirs from then to then. */
  long starts(long from, long to) {
    return starts.stream().filter(at -> at >= from && at < to).count();
  }

  /** Those that have had all of their answer. */
  long served() {
    return pages.values().stream().filter(page -> page.served).count();
  }

  /** Those whose node lives, and that have no end. */
  List<ExchangeId> open() {
    return pages.entrySet().stream()
        .filter(entry -> !entry.getValue().over && !entry.getValue().node.isDead())
        .map(Map.Entry::getKey)
        .toList();
  }
}
