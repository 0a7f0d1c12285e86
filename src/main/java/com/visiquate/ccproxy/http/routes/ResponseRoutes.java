package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.responses.ItemsPage;
import com.visiquate.ccproxy.dialect.responses.Responses;
import com.visiquate.ccproxy.dialect.responses.StoredBodies;
import com.visiquate.ccproxy.http.ingress.MemoryClient;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.reply.Head;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Paths;
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
public final class ResponseRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseRoutes.class);
  private final Services services;
  private final MemoryClient memory;

  /** The status and the type of an answer. */
  private record Form(int status, String type) {
    static final Form WHOLE = new Form(200, HttpReply.JSON);
    static final Form MISSING = new Form(404, HttpReply.JSON);

    void send(RoutingContext context, byte[] body) {
      SmallRoutes.send(context, status, type, Buffer.buffer(body));
    }
  }

  public ResponseRoutes(Services services) {
    this.services = services;
    this.memory = services.memory();
  }

  public void mount(SmallRoutes routes) {
    for (String path : Paths.spellings("/responses/:id")) {
      routes.keep(path, this::show, this::delete);
    }
    for (String path : Paths.spellings("/responses/:id/input_items")) {
      routes.read(path, this::list);
    }
    for (String path : Paths.spellings("/responses/:id/cancel")) {
      routes.post(path, this::cancel);
    }
  }

  private void show(RoutingContext context) {
    Future<Map<ResponseId, StoredResponse>> asked = recalled(context);
    HttpServerRequest request = context.request();
    if ("true".equals(request.getParam("stream"))) {
      String after = request.getParam("starting_after");
      Form stream = new Form(200, "text/event-stream; charset=utf-8");
      answer(context, asked, stream, response -> StoredBodies.streamed(response, after));
    } else {
      answer(context, asked, Form.WHOLE, StoredBodies::shown);
    }
  }

  /** What is remembered is complete, so there is nothing to cancel. */
  private void cancel(RoutingContext context) {
    answer(
        context,
        recalled(context),
        new Form(400, HttpReply.JSON),
        response -> StoredBodies.uncancellable());
  }

  private void list(RoutingContext context) {
    HttpServerRequest request = context.request();
    ItemsPage page =
        ItemsPage.of(
            request.getParam("after"), request.getParam("limit"), request.getParam("order"));
    answer(
        context,
        recalled(context),
        Form.WHOLE,
        response -> StoredBodies.inputItems(response, page));
  }

  private void delete(RoutingContext context) {
    ResponseId id = id(context);
    answer(
        context,
        Responses.isId(id) ? memory.forget(id) : Future.succeededFuture(Map.of()),
        Form.WHOLE,
        gone -> StoredBodies.deleted(gone.id()));
  }

  private void answer(
      RoutingContext context,
      Future<Map<ResponseId, StoredResponse>> asked,
      Form form,
      Function<StoredResponse, byte[]> body) {
    ResponseId id = id(context);
    asked
        .map(found -> Optional.ofNullable(found.get(id)).map(body))
        .onSuccess(
            known ->
                known.ifPresentOrElse(
                    found -> form.send(context, found),
                    () -> Form.MISSING.send(context, StoredBodies.missing(id))))
        .onFailure(why -> failed(context, why));
  }

  private Future<Map<ResponseId, StoredResponse>> recalled(RoutingContext context) {
    ResponseId id = id(context);
    return Responses.isId(id) ? memory.recall(Set.of(id)) : Future.succeededFuture(Map.of());
  }

  private void failed(RoutingContext context, Throwable why) {
    LOG.error("responses could not be recalled", why);
    Failure failure = Failure.notReady();
    services
        .reply(context.request(), Family.OPENAI_RESPONSES)
        .fail(Head.of(services.nextId()), failure);
  }

  private static ResponseId id(RoutingContext context) {
    return new ResponseId(context.pathParams().getOrDefault("id", ""));
  }
}
