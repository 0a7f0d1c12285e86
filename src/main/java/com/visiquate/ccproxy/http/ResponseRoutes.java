package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.responses.ItemsPage;
import com.visiquate.ccproxy.dialect.responses.StoredBodies;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The responses that are remembered: shown, listed item by item, and forgotten. */
final class ResponseRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseRoutes.class);
  private final Ingress ingress;
  private final Memory memory;

  ResponseRoutes(Ingress ingress) {
    this.ingress = ingress;
    this.memory = ingress.memory();
  }

  void mount(SmallRoutes routes) {
    for (String path : Paths.spellings("/responses/:id")) {
      routes.keep(path, this::show, this::delete);
    }
    for (String path : Paths.spellings("/responses/:id/input_items")) {
      routes.read(path, this::list);
    }
  }

  private void show(RoutingContext context) {
    answer(context, memory.recall(Set.of(id(context))), StoredBodies::shown);
  }

  private void list(RoutingContext context) {
    HttpServerRequest request = context.request();
    ItemsPage page =
        ItemsPage.of(
            request.getParam("after"), request.getParam("limit"), request.getParam("order"));
    answer(
        context,
        memory.recall(Set.of(id(context))),
        response -> StoredBodies.inputItems(response, page));
  }

  private void delete(RoutingContext context) {
    answer(context, memory.forget(id(context)), gone -> StoredBodies.deleted(gone.id()));
  }

  private void answer(
      RoutingContext context,
      Future<Map<String, StoredResponse>> asked,
      Function<StoredResponse, byte[]> body) {
    String id = id(context);
    asked
        .map(found -> Optional.ofNullable(found.get(id)).map(body))
        .onSuccess(
            known ->
                SmallRoutes.send(
                    context,
                    known.isPresent() ? 200 : 404,
                    SmallRoutes.JSON,
                    Buffer.buffer(known.orElseGet(() -> StoredBodies.missing(id)))))
        .onFailure(why -> failed(context, why));
  }

  private void failed(RoutingContext context, Throwable why) {
    LOG.error("responses could not be recalled", why);
    Failure failure = Failure.of(Failure.Kind.INTERNAL, "The gateway is not ready; please retry.");
    ingress
        .reply(context.request(), Family.OPENAI_RESPONSES)
        .fail(Head.of(ingress.nextId()), failure);
  }

  private static String id(RoutingContext context) {
    return context.pathParams().getOrDefault("id", "");
  }
}
