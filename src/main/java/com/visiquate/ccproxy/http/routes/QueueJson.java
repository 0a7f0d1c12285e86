package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueReport;
import java.util.List;
import java.util.function.BiConsumer;

/** The queues and the slots as JSON. */
final class QueueJson {
  private final ByteSink out = new ByteSink();
  private final QueueReport report;

  private QueueJson(QueueReport report) {
    this.report = report;
  }

  static byte[] of(QueueReport report) {
    return new QueueJson(report).whole();
  }

  private byte[] whole() {
    out.raw("{\"at\":").json(report.at().toString());
    list(out.raw(",\"models\":"), report.models(), QueueJson::model);
    list(out.raw(",\"backends\":"), report.backends(), this::backend);
    return out.raw("}\n").take();
  }

  private static void model(QueueReport.Model model, ByteSink to) {
    to.raw("{\"model\":").json(model.name().value()).raw(",\"waiting\":{");
    String separator = "";
    for (Priority priority : Priority.values()) {
      to.raw(separator).json(word(priority)).raw(":");
      to.number(model.waiting().getOrDefault(priority, 0));
      separator = ",";
    }
    to.raw("},\"oldest_ms\":").number(model.oldest().toMillis());
    list(to.raw(",\"queue\":"), model.front(), QueueJson::waiting);
    to.raw(",\"not_shown\":").number(model.size() - model.front().size()).raw("}");
  }

  private static void waiting(QueueReport.Waiting waiting, ByteSink to) {
    to.raw("{\"place\":").number(waiting.place());
    request(waiting.request(), to);
    to.raw(",\"waited_ms\":").number(waiting.waited().toMillis());
    to.raw(",\"estimate_ms\":").number(waiting.estimate().toMillis()).raw("}");
  }

  private void backend(QueueReport.Backend backend, ByteSink to) {
    to.raw("{\"backend\":").json(backend.id().value());
    to.raw(",\"host\":").json(backend.host());
    to.raw(",\"state\":").json(word(backend.health()));
    to.raw(",\"slots\":").number(backend.slots());
    to.raw(",\"running\":").number(backend.taken().size() - backend.ghosts());
    to.raw(",\"ghosts\":").number(backend.ghosts());
    list(to.raw(",\"taken\":"), backend.taken(), QueueJson::taken);
    list(to.raw(",\"held\":"), backend.held(), QueueJson::held);
    list(to.raw(",\"caches\":"), backend.caches(), QueueJson::cache);
    to.raw(",\"haunted\":").raw(Boolean.toString(backend.haunted())).raw("}");
  }

  private static void taken(QueueReport.Taken taken, ByteSink to) {
    to.raw("{\"phase\":").json(word(taken.phase()));
    request(taken.request(), to);
    to.raw(",\"since_ms\":").number(taken.since().toMillis());
    to.raw(",\"left_ms\":").number(taken.left().toMillis()).raw("}");
  }

  private static void held(QueueReport.Held held, ByteSink to) {
    to.raw("{\"model\":").json(held.model().value());
    to.raw(",\"client\":").json(held.client().value());
    to.raw(",\"until\":").json(held.until().toString()).raw("}");
  }

  private static void cache(QueueReport.Cache cache, ByteSink to) {
    to.raw("{\"model\":").json(cache.model().value());
    to.raw(",\"stored_tokens\":").number(cache.storedTokens());
    to.raw(",\"corrected\":").raw(Boolean.toString(cache.corrected())).raw("}");
  }

  private static void request(QueueReport.Request request, ByteSink to) {
    to.raw(",\"exchange\":").json(request.exchange().value());
    to.raw(",\"model\":").json(request.model().value());
    to.raw(",\"class\":").json(word(request.priority()));
    to.raw(",\"client\":").json(request.client().value());
  }

  private static String word(Enum<?> constant) {
    return Label.of(constant);
  }

  private static <T> void list(ByteSink to, List<T> items, BiConsumer<T, ByteSink> writer) {
    to.raw("[");
    for (int i = 0; i < items.size(); i++) {
      to.raw(i == 0 ? "" : ",");
      writer.accept(items.get(i), to);
    }
    to.raw("]");
  }
}
