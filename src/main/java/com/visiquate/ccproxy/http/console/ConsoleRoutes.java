package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.intake.Sessions;
import com.visiquate.ccproxy.http.routes.SmallRoutes;
import java.time.Instant;

/** All paths of the console. */
public final class ConsoleRoutes {
  private final Services services;
  private final Bus bus;
  private final Gate gate;
  private final Sessions sessions;
  private final Viewers viewers;
  private final String version;

  /**
   * Not yet mounted.
   *
   * @param startedAt since when the gateway runs; a browser keeps files until the next start
   */
  public ConsoleRoutes(
      Services services, Bus bus, Gate gate, Sessions sessions, Instant startedAt) {
    this.services = services;
    this.bus = bus;
    this.gate = gate;
    this.sessions = sessions;
    this.viewers = new Viewers(bus, services.clock());
    this.version = "v" + Long.toString(startedAt.toEpochMilli(), Character.MAX_RADIX);
  }

  public void mount(SmallRoutes routes) {
    new PageRoutes(new PageFiles(services.vertx(), version), routes).mount();
    new SessionRoute(gate, sessions, routes).mount();
    new FeedRoute(gate, viewers, routes).mount();
    new ModelsRoute(bus, gate, services.fleet(), services.clock()).mount(routes);
    new ActionRoutes(new ActionDesk(gate, routes), new Orders(bus, services.fleet())).mount();
  }

  /** All who watch are let go. */
  public void end() {
    viewers.end();
  }
}
