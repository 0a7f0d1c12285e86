package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.routes.SmallRoutes;

/** All paths that say what was used. */
public final class AccountRoutes {
  private final Services services;
  private final Bus bus;
  private final Gate gate;

  public AccountRoutes(Services services, Bus bus, Gate gate) {
    this.services = services;
    this.bus = bus;
    this.gate = gate;
  }

  public void mount(SmallRoutes routes) {
    Desk desk = new Desk(bus, gate, routes);
    new UsageRoute(desk, services.fleet()).mount();
    new RequestsRoute(desk).mount();
    new SpendRoutes(desk).mount();
    new DailyActivity(desk).mount();
  }
}
