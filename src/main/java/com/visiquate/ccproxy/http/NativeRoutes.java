package com.visiquate.ccproxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.ollama.Listings;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Supplier;

/** What clients of Ollama read, and what none of them may do. */
final class NativeRoutes {
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
      new Refusal(
          403,
          Failure.invalid(
              "Models are managed by the operator of this gateway; clients can only use them.",
              null,
              "not_allowed"));

  private static final byte[] NO_CLOUD =
      "{\"cloud\":{\"disabled\":true,\"source\":\"config\"}}".getBytes(UTF_8);
  private final OneOllama ollama;

  NativeRoutes(Ingress ingress) {
    ollama = new OneOllama(ingress.fleet());
  }

  void mount(SmallRoutes routes) {
    read(routes, "/api/tags", () -> Listings.tags(ollama.models()));
    read(routes, "/api/ps", () -> Listings.running(ollama.running()));
    read(routes, "/api/version", () -> Listings.version(ollama.version()));
    read(routes, "/api/status", () -> NO_CLOUD);
    for (String path : MANAGEMENT) {
      routes.forbid(path, MANAGED);
    }
  }

  private static void read(SmallRoutes routes, String endpoint, Supplier<byte[]> body) {
    for (String path : Paths.spellings(endpoint)) {
      routes.read(
          path,
          context -> SmallRoutes.send(context, 200, SmallRoutes.JSON, Buffer.buffer(body.get())));
    }
  }
}
