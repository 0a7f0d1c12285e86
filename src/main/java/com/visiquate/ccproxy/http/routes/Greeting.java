package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.view.OneOllama;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** What {@code /} says: Ollama's own greeting while one is running, or what this gateway is. */
public final class Greeting {
  private static final String ABOUT =
      """
      {"name":"ccproxy","chat":"/v1/chat/completions","responses":"/v1/responses",\
      "messages":"/v1/messages","ollama":"/api/chat","models":"/v1/models","health":"/health",\
      "metrics":"/metrics","queue":"/ccproxy/queue","console":"/ccproxy/"}
      """;

  /** Clients of Ollama look for these very words. */
  private static final String RUNNING = "Ollama is running";

  private static final String TEXT = "text/plain; charset=utf-8";
  private final OneOllama ollama;

  public Greeting(Services services) {
    ollama = new OneOllama(services.fleet());
  }

  public void mount(SmallRoutes routes) {
    routes.read("/", this::greet);
  }

  private void greet(RoutingContext context) {
    String accepted = context.request().getHeader(HttpHeaders.ACCEPT);
    context.response().headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (accepted != null && accepted.contains("text/html")) {
      // A person looks at it.
      context.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, "/ccproxy/").end();
    } else if (ollama.isRunning() && (accepted == null || !accepted.contains("json"))) {
      SmallRoutes.send(context, 200, TEXT, Buffer.buffer(RUNNING));
    } else {
      SmallRoutes.send(context, 200, HttpReply.JSON, Buffer.buffer(ABOUT));
    }
  }
}
