package com.visiquate.ccproxy.alerts;

import com.visiquate.ccproxy.alerts.rules.Lookout;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.AlertMessage.Severity;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.CacheMessage.CacheInquiry;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsInquiry;
import com.visiquate.ccproxy.config.AlertSettings;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.LogKeys;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Hears what happens, looks around regularly, and tells what begins and ends. */
public final class AlertsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(AlertsVerticle.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private final Setup setup;
  private final Lookout lookout;
  private final Gauges gauges;
  private final List<Courier> couriers = new ArrayList<>();
  private List<Bus.Subscription> subscriptions = List.of();
  private boolean measuring;

  /**
   * What it is told.
   *
   * @param folder on whose disk there must be room
   * @param logFile empty for none
   */
  public record Setup(
      AlertSettings settings,
      Path folder,
      String logFile,
      InstantSource clock,
      Patience patience) {}

  public AlertsVerticle(Setup setup) {
    this.setup = setup;
    this.lookout = new Lookout(setup.settings());
    this.gauges = new Gauges(setup.folder(), setup.logFile());
  }

  @Override
  public Future<?> start() {
    AlertSettings settings = setup.settings();
    if (settings.webhook().isOn()) {
      couriers.add(courier(new Webhook(vertx, settings.webhook())));
    }
    if (settings.mail().isOn()) {
      couriers.add(courier(new Mailbox(vertx, settings.mail())));
    }
    subscribe();
    vertx.setPeriodic(Math.max(1, settings.every().toMillis()), tick -> look());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList())
        .eventually(() -> Future.join(couriers.stream().map(Courier::end).toList()));
  }

  private Courier courier(Channel channel) {
    return new Courier(vertx, channel, setup.patience());
  }

  private void subscribe() {
    Bus bus = Bus.of(vertx);
    subscriptions =
        List.of(
            bus.listen(Address.FLEET_STATUS, this::hear),
            bus.listen(Address.FLEET_PLAN, this::hear),
            bus.listen(Address.EXCHANGE_ENDED, this::hear),
            bus.listen(Address.SCHEDULE_HAPPENED, this::hear),
            bus.listen(Address.METRICS_FACT, this::hear),
            bus.listen(Address.RECORDS_NEWS, this::hear),
            bus.answer(Address.ALERTS_FIND, query -> lookout.found()));
  }

  private void hear(BusMessage message) {
    lookout.hear(message, setup.clock().instant());
  }

  /** A disk that does not answer delays no alert but its own. */
  private void look() {
    if (!measuring) {
      measuring = true;
      vertx
          .executeBlocking(gauges::read, false)
          .onSuccess(lookout::measured)
          .onComplete(done -> measuring = false);
    }
    askOthers();
    lookout.look(setup.clock().instant()).forEach(this::tell);
  }

  /** Nobody answers where nothing is kept, or in time where a disk is slow. */
  private void askOthers() {
    Bus bus = Bus.of(vertx);
    bus.ask(Address.RECORDS_STATUS, new RecordsInquiry(), PATIENCE).onSuccess(this::hear);
    bus.ask(Address.CACHE_STATUS, new CacheInquiry(), PATIENCE).onSuccess(this::hear);
  }

  private void tell(Alert alert) {
    LOG.atLevel(level(alert))
        .addKeyValue(LogKeys.ALERT, alert.id())
        .addKeyValue(LogKeys.RULE, alert.rule())
        .addKeyValue(LogKeys.SUBJECT, alert.subject())
        .addKeyValue(LogKeys.SEVERITY, Label.of(alert.severity()))
        .addKeyValue(LogKeys.STATE, Words.state(alert))
        .log(alert.text());
    couriers.forEach(courier -> courier.take(alert));
  }

  private static Level level(Alert alert) {
    if (!alert.isFiring() || alert.severity() == Severity.INFO) {
      return Level.INFO;
    }
    return alert.severity() == Severity.CRITICAL ? Level.ERROR : Level.WARN;
  }
}
