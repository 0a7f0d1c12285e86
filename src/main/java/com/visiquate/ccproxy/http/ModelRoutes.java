package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.openai.ModelsBody;
import com.visiquate.ccproxy.fleet.Catalogue;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** The names that a client may ask for, and what is known of each. */
final class ModelRoutes {
  private final Ingress ingress;
  private final long created;

  ModelRoutes(Ingress ingress, Instant startedAt) {
    this.ingress = ingress;
    this.created = startedAt.getEpochSecond();
  }

  void mount(SmallRoutes routes) {
    for (String prefix : new String[] {"/v1", ""}) {
      routes.read(prefix + "/models", this::list);
      routes.read(prefix + "/models/*", context -> one(context, prefix + "/models/"));
    }
  }

  private void list(RoutingContext context) {
    Catalogue catalogue = catalogue();
    byte[] body =
        ModelsBody.list(
            catalogue.names().stream().flatMap(name -> card(catalogue, name).stream()).toList());
    SmallRoutes.send(context, 200, SmallRoutes.JSON, Buffer.buffer(body));
  }

  private void one(RoutingContext context, String prefix) {
    String path = SmallRoutes.path(context);
    if (path.length() <= prefix.length()) {
      list(context);
      return;
    }
    String id = decoded(path.substring(prefix.length()));
    card(catalogue(), id)
        .ifPresentOrElse(
            card ->
                SmallRoutes.send(
                    context, 200, SmallRoutes.JSON, Buffer.buffer(ModelsBody.one(card))),
            () -> unknown(context, id));
  }

  private void unknown(RoutingContext context, String id) {
    String message = "The model `%s` does not exist or you do not have access to it.".formatted(id);
    Failure failure = Failure.of(Failure.Kind.UNKNOWN_MODEL, message);
    ingress.reply(context.request(), Family.OPENAI_CHAT).fail(Head.of(ingress.nextId()), failure);
  }

  /** SDKs encode the slashes of an id, people do not; a plus is a plus in a path. */
  private static String decoded(String id) {
    try {
      return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return id;
    }
  }

  private Optional<ModelsBody.Card> card(Catalogue catalogue, String name) {
    return name.isBlank()
        ? Optional.empty()
        : catalogue
            .find(name)
            .map(match -> new ModelsBody.Card(name, created, match.model().context()));
  }

  private Catalogue catalogue() {
    return ingress.fleet().plan().catalogue();
  }
}
