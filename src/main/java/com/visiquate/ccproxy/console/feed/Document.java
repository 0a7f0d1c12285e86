package com.visiquate.ccproxy.console.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.OperatorMessage.Totals;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.QueueReport;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The document: everything that the console shows, as one tree. What is not known is not in it. */
final class Document {
  /** What nobody wanted any more has not failed. */
  private static final Set<Outcome> NOT_FAILED =
      EnumSet.of(Outcome.COMPLETED, Outcome.CLIENT_GONE, Outcome.CANCELLED);

  private final String version;
  private final Instant started;
  private final String node;

  /**
   * Of one gateway.
   *
   * @param version as it was built
   * @param node its name
   * @param started since when it runs
   */
  Document(String version, String node, Instant started) {
    this.version = version;
    this.node = node;
    this.started = started;
  }

  /**
   * Writes it anew.
   *
   * @param told as it was told last
   */
  ObjectNode of(Picture picture, ObjectNode told) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("at", picture.now());
    document.put("version", version);
    document.put("started", started.toEpochMilli());
    document.put("node", node);
    document.put("limit", Limit.of(picture));
    hosts(picture, document.putObject("hosts"));
    ObjectNode backends = document.putObject("backends");
    for (QueueReport.Backend backend : picture.report().backends()) {
      String id = backend.id().value();
      new BackendPart(picture, backend)
          .write(backends.putObject(id), told.path("backends").path(id));
    }
    QueuePart queues = new QueuePart(picture);
    queues.models(document.putObject("models"));
    queues.waiting(document.putObject("waiting"), told.path("waiting"));
    alerts(picture, document.putObject("alerts"));
    totals(picture.totals(), document.putObject("totals"));
    return document;
  }

  /** What the models in memory take there; how much there is, is known of this machine alone. */
  private static void hosts(Picture picture, ObjectNode to) {
    for (BackendSpec backend : picture.plan().backends()) {
      ObjectNode host = to.withObjectProperty(backend.host());
      if (picture.memory() > 0 && isHere(backend.url())) {
        host.put("memory_total", picture.memory());
      }
      BackendStatus status = picture.status(backend.id());
      if (status != null) {
        long used = status.loaded().stream().mapToLong(LoadedModel::size).sum();
        host.put("memory_used", host.path("memory_used").asLong() + used);
      }
    }
  }

  private static boolean isHere(URI url) {
    String host = url.getHost();
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static void alerts(Picture picture, ObjectNode to) {
    for (Alert alert : picture.alerts()) {
      to.putObject(alert.id())
          .put("severity", Label.of(alert.severity()))
          .put("text", alert.text())
          .put("fired", alert.fired().toEpochMilli());
    }
  }

  private static void totals(Totals totals, ObjectNode to) {
    Map<Outcome, Long> ended = totals.ended();
    to.put("answered", ended.getOrDefault(Outcome.COMPLETED, 0L));
    to.put("cancelled", ended.getOrDefault(Outcome.CANCELLED, 0L));
    to.put("left", ended.getOrDefault(Outcome.CLIENT_GONE, 0L));
    to.put(
        "failed",
        ended.entrySet().stream()
            .filter(entry -> !NOT_FAILED.contains(entry.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum());
  }
}
