package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.anthropic.ModelsPage;
import com.visiquate.ccproxy.dialect.openai.ModelsBody;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.ErrorBody;
import com.visiquate.ccproxy.http.reply.Head;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Paths;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The names that a client may ask for, and what is known of each, in the client's own form. */
public final class ModelRoutes {
  private final Services services;
  private final Gate gate;
  private final long created;

  public ModelRoutes(Services services, Gate gate, Instant startedAt) {
    this.services = services;
    this.gate = gate;
    this.created = startedAt.getEpochSecond();
  }

  public void mount(SmallRoutes routes) {
    for (String prefix : Paths.PREFIXES) {
      routes.read(prefix + "/models", this::list);
      routes.read(prefix + "/models/*", context -> one(context, prefix + "/models/"));
    }
  }

  private void list(RoutingContext context) {
    HttpServerRequest request = context.request();
    send(
        context,
        ErrorBody.family(request) == Family.ANTHROPIC
            ? ModelsPage.list(cards(request, this::card), part(request))
            : ModelsBody.list(cards(request, this::entry)));
  }

  private void one(RoutingContext context, String prefix) {
    String path = Paths.single(SmallRoutes.path(context));
    if (path.length() <= prefix.length()) {
      list(context);
      return;
    }
    String id = decoded(path.substring(prefix.length()));
    find(id).ifPresentOrElse(model -> one(context, id, model), () -> unknown(context, id));
  }

  private void one(RoutingContext context, String id, ModelSpec model) {
    send(
        context,
        ErrorBody.family(context.request()) == Family.ANTHROPIC
            ? ModelsPage.one(card(id, model))
            : ModelsBody.one(entry(id, model)));
  }

  private void unknown(RoutingContext context, String id) {
    Family family = ErrorBody.family(context.request());
    String message =
        family == Family.ANTHROPIC
            ? id
            : "The model `%s` does not exist or you do not have access to it.".formatted(id);
    Failure failure = Failure.of(Failure.Kind.UNKNOWN_MODEL, message);
    services.reply(context.request(), family).fail(Head.of(services.nextId()), failure);
  }

  private static void send(RoutingContext context, byte[] body) {
    SmallRoutes.send(context, 200, HttpReply.JSON, Buffer.buffer(body));
  }

  private static ModelsPage.Part part(HttpServerRequest request) {
    return new ModelsPage.Part(
        number(request.getParam("limit")),
        request.getParam("after_id"),
        request.getParam("before_id"));
  }

  /** A limit that is no number limits nothing. */
  private static @Nullable Integer number(@Nullable String text) {
    return text != null && text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
  }

  /** SDKs encode the slashes of an id, people do not; a plus is a plus in a path. */
  private static String decoded(String id) {
    try {
      return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return id;
    }
  }

  /** Those that its key may use. */
  private <T> List<T> cards(HttpServerRequest request, BiFunction<String, ModelSpec, T> card) {
    AccessKey key = gate.key(request);
    return catalogue().names().stream()
        .filter(name -> key == null || services.fleet().allows(key, name))
        .flatMap(name -> usable(name, key).map(model -> card.apply(name, model)).stream())
        .toList();
  }

  private ModelsPage.Card card(String name, ModelSpec model) {
    return new ModelsPage.Card(name, created, model.context());
  }

  private ModelsBody.Card entry(String name, ModelSpec model) {
    return new ModelsBody.Card(name, created, model.context());
  }

  /** The one that a name is described by, of those that a key may use. */
  private Optional<ModelSpec> usable(String name, @Nullable AccessKey key) {
    return services.fleet().model(name, services.fleet().choose(name, null, key));
  }

  private Optional<ModelSpec> find(String name) {
    return name.isBlank() ? Optional.empty() : catalogue().find(name).map(Catalogue.Match::model);
  }

  private Catalogue catalogue() {
    return services.fleet().plan().catalogue();
  }
}
