package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.ollama.Facts;
import com.visiquate.ccproxy.ollama.OllamaClient;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What installed models can do, for Ollamas whose list of models does not tell; owns what was asked
 * once for each digest.
 */
final class Capabilities {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private final Supplier<OllamaClient> client;
  private final Map<String, Set<String>> known = new HashMap<>();

  Capabilities(Supplier<OllamaClient> client) {
    this.client = client;
  }

  /** The same models with what is known of each; asks one after the other. */
  Future<List<InstalledModel>> complete(List<InstalledModel> models) {
    Future<List<InstalledModel>> done = Future.succeededFuture(new ArrayList<>());
    for (InstalledModel model : models) {
      done = done.compose(list -> complete(model).map(one -> with(list, one)));
    }
    return done;
  }

  private Future<InstalledModel> complete(InstalledModel model) {
    if (!model.capabilities().isEmpty()) {
      return Future.succeededFuture(model);
    }
    Set<String> words = known.get(model.digest());
    Future<Set<String>> found = words == null ? ask(model) : Future.succeededFuture(words);
    return found.map(some -> Facts.able(model, some));
  }

  /** Nothing known is better than nothing at all: a model is then given the benefit. */
  private Future<Set<String>> ask(InstalledModel model) {
    byte[] body = new JsonObject().put("model", model.ollama()).toBuffer().getBytes();
    return client
        .get()
        .post("/api/show", body, CONNECT)
        .map(whole -> Facts.capabilities(whole.body()))
        .onSuccess(words -> known.put(model.digest(), words))
        .otherwise(Set.of());
  }

  private static List<InstalledModel> with(List<InstalledModel> list, InstalledModel one) {
    list.add(one);
    return list;
  }
}
