package com.visiquate.ccproxy.http.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.ollama.Listings;
import com.visiquate.ccproxy.dialect.ollama.ServedModel;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Paths;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.view.FleetView;
import com.visiquate.ccproxy.http.view.OneOllama;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Function;

/** What clients of Ollama read, and what none of them may do. */
public final class NativeRoutes {
  /** Ollama answers these without asking who it is. */
  private static final List<String> MANAGEMENT =
      List.of(
          "/api/pull",
          "/api/push",
          "/api/create",
          "/api/copy",
          "/api/delete",
          "/api/blobs/*",
          "/api/me",
          "/api/signout",
          "/api/user/*",
          "/api/experimental/*");

  private static final Refusal MANAGED =
      Refusal.withheld(
          Failure.invalid(
              "Models are managed by the operator of this gateway; clients can only use them.",
              null,
              "not_allowed"));

  private static final byte[] NO_CLOUD =
      "{\"cloud\":{\"disabled\":true,\"source\":\"config\"}}".getBytes(UTF_8);
  private final FleetView fleet;
  private final Gate gate;
  private final OneOllama ollama;

  public NativeRoutes(Services services, Gate gate) {
    this.fleet = services.fleet();
    this.gate = gate;
    this.ollama = new OneOllama(fleet);
  }

  public void mount(SmallRoutes routes) {
    read(routes, "/api/tags", request -> Listings.tags(visible(request)));
    read(routes, "/api/ps", request -> Listings.running(ollama.running()));
    read(routes, "/api/version", request -> Listings.version(ollama.version()));
    read(routes, "/api/status", request -> NO_CLOUD);
    for (String path : MANAGEMENT) {
      routes.forbid(path, MANAGED);
    }
  }

  /** The models that the client's key may use. */
  private List<ServedModel> visible(HttpServerRequest request) {
    AccessKey key = gate.key(request);
    return ollama.models().stream()
        .filter(model -> key == null || fleet.allows(key, model.name()))
        .toList();
  }

  private static void read(
      SmallRoutes routes, String endpoint, Function<HttpServerRequest, byte[]> body) {
    for (String path : Paths.spellings(endpoint)) {
      routes.read(
          path,
          context ->
              SmallRoutes.send(
                  context, 200, HttpReply.JSON, Buffer.buffer(body.apply(context.request()))));
    }
  }
}
