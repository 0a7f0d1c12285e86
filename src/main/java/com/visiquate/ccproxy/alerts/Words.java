package com.visiquate.ccproxy.alerts;

import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.fleet.Label;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** How alerts are told outside the log. */
final class Words {
  private Words() {}

  /** For programs; {@code docs/operations.md} describes it. */
  static String json(Alert alert) {
    return new JsonObject()
        .put("id", alert.id())
        .put("state", state(alert))
        .put("rule", alert.rule())
        .put("subject", alert.subject())
        .put("severity", Label.of(alert.severity()))
        .put("text", alert.text())
        .put("fired_at", alert.fired().toString())
        .put("resolved_at", alert.resolved() == null ? null : alert.resolved().toString())
        .encode();
  }

  /** As Slack and those like it read it. */
  static String slack(Alert alert) {
    String text = "*" + title(alert) + "*\n" + alert.text();
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return new JsonObject().put("text", escaped).encode();
  }

  static String subject(Alert alert) {
    return "[ccproxy] " + title(alert);
  }

  static String letter(Alert alert) {
    return "%s%n%nsince  %s%n%sevent  %s%n"
        .formatted(alert.text(), alert.fired(), until(alert), alert.id());
  }

  static String state(Alert alert) {
    return alert.isFiring() ? "firing" : "resolved";
  }

  private static String title(Alert alert) {
    String what = alert.subject().isEmpty() ? alert.rule() : alert.rule() + " " + alert.subject();
    return (alert.isFiring() ? Label.of(alert.severity()) : "resolved") + ": " + what;
  }

  private static String until(Alert alert) {
    return alert.resolved() == null
        ? ""
        : "until  %s, after %d s%n"
            .formatted(
                alert.resolved(), Duration.between(alert.fired(), alert.resolved()).toSeconds());
  }
}
