package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.OperatorMessage.Inspect;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.http.reply.HttpReply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Consumer;

/** Who waits, who runs and for whom slots are held: as JSON, and as a table for a terminal. */
public final class QueueRoute {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String NOBODY = "{\"error\":\"The gateway is not ready; please retry.\"}\n";
  private final Bus bus;

  public QueueRoute(Bus bus) {
    this.bus = bus;
  }

  public void mount(SmallRoutes routes) {
    routes.read("/ccproxy/queue", this::show);
    routes.read("/health/backlog", this::backlog);
  }

  private void show(RoutingContext context) {
    boolean text = wantsText(context.request());
    inspect(context, report -> send(context, report, text));
  }

  /** LiteLLM's question: how many requests wait or run. */
  private void backlog(RoutingContext context) {
    inspect(
        context,
        report -> {
          String body = "{\"in_flight_requests\":%d}".formatted(report.inFlight());
          SmallRoutes.send(context, 200, HttpReply.JSON, Buffer.buffer(body));
        });
  }

  private void inspect(RoutingContext context, Consumer<QueueReport> answer) {
    bus.ask(Address.ROUTING_INSPECT, new Inspect(), PATIENCE)
        .onSuccess(seen -> answer.accept(seen.report()))
        .onFailure(
            silence -> SmallRoutes.send(context, 503, HttpReply.JSON, Buffer.buffer(NOBODY)));
  }

  private static void send(RoutingContext context, QueueReport report, boolean text) {
    if (text) {
      SmallRoutes.send(context, 200, TEXT, Buffer.buffer(QueueText.of(report)));
    } else {
      SmallRoutes.send(context, 200, HttpReply.JSON, Buffer.buffer(QueueJson.of(report)));
    }
  }

  private static boolean wantsText(HttpServerRequest request) {
    String format = request.getParam("format");
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return format == null
        ? accept != null && accept.strip().startsWith("text/plain")
        : format.equals("text");
  }
}
