package com.visiquate.ccproxy.metrics;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.OperatorMessage.Scraped;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Listens to facts and status, and answers scrapes. */
public final class MetricsVerticle extends VerticleBase {
  private static final Duration DISK_GAP = Duration.ofSeconds(10);
  private final Meters meters;
  private final int eventLoops;
  private final FactMeters facts;
  private final FleetMeters fleet;
  private final RecordsMeters records;
  private final MachineMeters machine;
  private List<Bus.Subscription> subscriptions = List.of();

  /** One that watches the working folder. */
  public MetricsVerticle(Meters meters, int eventLoops) {
    this(meters, eventLoops, Path.of(""), "");
  }

  /**
   * @param eventLoops how many event loops to watch for delays
   * @param folder on whose disk there must be room
   * @param logFile empty for none
   */
  public MetricsVerticle(Meters meters, int eventLoops, Path folder, String logFile) {
    this.machine = new MachineMeters(meters.registry(), folder, logFile);
    this.meters = meters;
    this.eventLoops = eventLoops;
    this.facts = new FactMeters(meters);
    this.fleet = new FleetMeters(meters.registry());
    this.records = new RecordsMeters(meters.registry());
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    subscriptions =
        List.of(
            bus.listen(Address.EXCHANGE_ENDED, facts::count),
            bus.listen(Address.METRICS_FACT, facts::count),
            bus.listen(Address.FLEET_STATUS, changed -> fleet.show(changed.status())),
            bus.listen(Address.FLEET_PLAN, replanned -> fleet.replanned(replanned.plan())),
            bus.answer(Address.METRICS_TOTALS, query -> Tally.of(meters.registry())),
            bus.answerLater(
                Address.METRICS_SCRAPE,
                scrape ->
                    Future.join(records.ask(bus), facts.ask(bus))
                        .map(told -> new Scraped(meters.text()))));
    readDisk();
    vertx.setPeriodic(DISK_GAP.toMillis(), tick -> readDisk());
    Timer delay = Held.timers(MeterTable.LOOP_DELAY, meters.registry()).of();
    // Vert.x hands event loops out in turn, so that many probes sit on as many loops.
    return vertx.deployVerticle(
        () -> new LoopProbe(delay), new DeploymentOptions().setInstances(eventLoops));
  }

  /** What cannot be read stays as it was. */
  private void readDisk() {
    vertx.executeBlocking(machine::read, false).onSuccess(machine::show);
  }

  @Override
  public Future<?> stop() {
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
  }
}
