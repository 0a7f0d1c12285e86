package com.visiquate.ccproxy.simulator;

import com.visiquate.ccproxy.simulator.engine.Engine;
import com.visiquate.ccproxy.simulator.engine.WallClock;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.request.AskReader;
import com.visiquate.ccproxy.simulator.request.Claim;
import com.visiquate.ccproxy.simulator.request.Installed;
import com.visiquate.ccproxy.simulator.request.OptionsReader;
import com.visiquate.ccproxy.simulator.wire.Body;
import com.visiquate.ccproxy.simulator.wire.GoDuration;
import com.visiquate.ccproxy.simulator.wire.Refusal;
import com.visiquate.ccproxy.simulator.wire.RefusedException;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The route table of a server, and what is refused before any route. */
final class Endpoints {
  private static final Map<String, Set<String>> METHODS =
      Map.of(
          "/", Set.of("GET", "HEAD"),
          "/api/version", Set.of("GET", "HEAD"),
          "/api/tags", Set.of("GET", "HEAD"),
          "/api/ps", Set.of("GET"),
          "/api/show", Set.of("POST"),
          "/api/chat", Set.of("POST"),
          "/api/generate", Set.of("POST"),
          "/api/embed", Set.of("POST"),
          "/api/embeddings", Set.of("POST"));
  private static final Pattern LOCAL =
      Pattern.compile(
          "(localhost|[\\w.-]+\\.(localhost|local|internal)|\\d+\\.\\d+\\.\\d+\\.\\d+|\\[[\\da-f:]+])(:\\d+)?");
  private static final Pattern LOCAL_ORIGIN =
      Pattern.compile(
          "(https?://(localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0)(:\\d+)?|(app|file|tauri)://.*|vscode-.*)");

  private final Profile profile;
  private final Installed installed;
  private final Listings listings;
  private final Answers answers;
  private final WallClock clock;

  Endpoints(Profile profile, Installed installed, Answers answers, WallClock clock) {
    this.profile = profile;
    this.installed = installed;
    this.listings = new Listings(profile, installed);
    this.answers = answers;
    this.clock = clock;
  }

  /** Refuses by host, origin, path and method; says whether the request may go on. */
  boolean admits(HttpServerRequest request, Reply reply) {
    if (foreign(request.getHeader("Host"), LOCAL)
        || foreign(request.getHeader("Origin"), LOCAL_ORIGIN)) {
      reply.refuse(Refusal.empty(403));
      return false;
    }
    Set<String> methods = METHODS.get(request.path());
    if (methods == null) {
      reply.refuse(Refusal.plain(404, "404 page not found"));
      return false;
    }
    if (!methods.contains(request.method().name())) {
      request.response().putHeader("Allow", String.join(", ", methods.stream().sorted().toList()));
      reply.refuse(Refusal.plain(405, "405 method not allowed"));
      return false;
    }
    return true;
  }

  private static boolean foreign(@org.jspecify.annotations.Nullable String name, Pattern local) {
    return name != null && !local.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /** Answers an admitted request; throws what the client is refused with. */
  void serve(String path, String body, Engine engine, Reply reply) {
    switch (path) {
      case "/" -> reply.whole("text/plain; charset=utf-8", "Ollama is running");
      case "/api/version" -> reply.json(listings.version());
      case "/api/tags" -> reply.json(listings.tags());
      case "/api/ps" -> ps(engine, reply);
      case "/api/show" -> show(body, reply);
      case "/api/chat" -> answers.answer(engine, AskReader.chatBody(body), true, reply);
      case "/api/generate" -> answers.answer(engine, AskReader.generateBody(body), false, reply);
      case "/api/embed" -> embed(Body.parse(body, "EmbedRequest"), false, engine, reply);
      default -> embed(Body.parse(body, "EmbeddingRequest"), true, engine, reply);
    }
  }

  private void ps(Engine engine, Reply reply) {
    long now = clock.now();
    reply.json(listings.ps(engine.residency().loaded(now), now, clock));
  }

  private void show(String text, Reply reply) {
    Body body = Body.parse(text, "ShowRequest");
    String name = body.text("model").isEmpty() ? body.text("name") : body.text("model");
    if (name.isEmpty()) {
      throw RefusedException.error(400, "model is required");
    }
    boolean newer = profile.generation() == Generation.NEWER;
    String said = newer ? SimulatedModel.withTag(name) : name;
    reply.json(listings.show(installed.named(said, "model '%s' not found")));
  }

  private void embed(Body body, boolean legacy, Engine engine, Reply reply) {
    Embeddings embeddings = Embeddings.read(body, legacy);
    String missing = "model \"%s\" not found, try pulling it first";
    SimulatedModel model = installed.named(body.text("model"), missing);
    OptionsReader.check(body.at("options"));
    Ask.Options options =
        OptionsReader.read(
            body.object("options", "map[string]interface {}"),
            true,
            profile.limits().contextLength());
    Claim claim =
        new Claim(
            model, options.load(), options.contextLength(), GoDuration.of(body.at("keep_alive")));
    answers.embed(engine, claim, embeddings, reply);
  }
}
