package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.OperatorMessage.Scrape;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** What Prometheus scrapes. */
public final class MetricsRoute {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private final Bus bus;

  public MetricsRoute(Bus bus) {
    this.bus = bus;
  }

  public void mount(SmallRoutes routes) {
    routes.read("/metrics", this::scrape);
  }

  private void scrape(RoutingContext context) {
    bus.ask(Address.METRICS_SCRAPE, new Scrape(), PATIENCE)
        .onSuccess(scraped -> SmallRoutes.send(context, 200, TEXT, Buffer.buffer(scraped.text())))
        .onFailure(
            silence -> SmallRoutes.send(context, 503, TEXT, Buffer.buffer("# no metrics now\n")));
  }
}
