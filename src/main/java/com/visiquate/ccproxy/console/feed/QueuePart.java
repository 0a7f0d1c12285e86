package com.visiquate.ccproxy.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.fleet.QueueReport.Waiting;

/** The waiting rooms in the document. */
final class QueuePart {
  /** So many of each model are told when they will start. */
  private static final int FORESEEN = 100;

  /** More than any rank within a class, and a number that a browser still knows to the unit. */
  private static final long CLASS = 1_000_000_000_000_000L;

  private static final long SECOND = 1_000;
  private final Picture picture;

  QueuePart(Picture picture) {
    this.picture = picture;
  }

  void models(ObjectNode to) {
    for (QueueReport.Model model : picture.report().models()) {
      ObjectNode one = to.putObject(model.name().value());
      ObjectNode waiting = one.putObject("waiting");
      for (Priority priority : Priority.values()) {
        waiting.put(Label.of(priority), (long) model.waiting().getOrDefault(priority, 0));
      }
      if (model.size() > 0) {
        one.put("oldest", picture.report().at().minus(model.oldest()).toEpochMilli());
      }
    }
  }

  void waiting(ObjectNode to, JsonNode told) {
    for (QueueReport.Model model : picture.report().models()) {
      String why = model.size() == 0 ? "" : Limit.obstacle(picture, model.name());
      for (Waiting waiting : model.front()) {
        String id = waiting.request().exchange().value();
        write(waiting, why, to.putObject(id), told.path(id));
      }
    }
  }

  /** Whatever their ranks, those of higher classes come first. */
  private static long before(Priority priority) {
    return switch (priority) {
      case INTERACTIVE -> 0;
      case NORMAL -> CLASS;
      case BACKGROUND -> 2 * CLASS;
    };
  }

  private void write(Waiting waiting, String why, ObjectNode to, JsonNode told) {
    to.put("rank", before(waiting.request().priority()) + waiting.rank());
    SlotPart.request(waiting.request(), to);
    // It is the name of the member already.
    to.remove("exchange");
    to.put("arrived", picture.report().at().minus(waiting.waited()).toEpochMilli());
    if (waiting.place() <= FORESEEN && why.isEmpty()) {
      long start = picture.now() + waiting.estimate().toMillis();
      long second = (start + SECOND - 1) / SECOND * SECOND;
      to.put("expected_start", Steady.moment(told.path("expected_start"), second, picture.now()));
    }
    if (!why.isEmpty()) {
      to.put("why", why);
    }
  }
}
