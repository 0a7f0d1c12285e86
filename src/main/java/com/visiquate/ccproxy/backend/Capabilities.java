package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelCard;
import com.visiquate.ccproxy.ollama.Facts;
import com.visiquate.ccproxy.ollama.client.OllamaClient;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What installed models can do and are, as far as a list of models does not tell; owns what was
 * asked, once for each digest.
 */
final class Capabilities {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(8);
  private final Supplier<OllamaClient> client;
  private final Map<String, InstalledModel> known = new HashMap<>();

  Capabilities(Supplier<OllamaClient> client) {
    this.client = client;
  }

  /** The same models with what is known of each; asks one after the other. */
  Future<List<InstalledModel>> complete(List<InstalledModel> models) {
    Set<String> digests = models.stream().map(InstalledModel::digest).collect(Collectors.toSet());
    known.keySet().retainAll(digests);
    Future<List<InstalledModel>> done = Future.succeededFuture(new ArrayList<>());
    for (InstalledModel model : models) {
      done = done.compose(list -> complete(model).map(one -> with(list, one)));
    }
    return done;
  }

  private Future<InstalledModel> complete(InstalledModel model) {
    InstalledModel found = known.get(model.digest());
    return found == null ? ask(model) : Future.succeededFuture(merged(model, found));
  }

  /** What only a list of models tells is taken from the newer one. */
  private static InstalledModel merged(InstalledModel listed, InstalledModel asked) {
    ModelCard shown = asked.card();
    ModelCard card = listed.card().described(shown.template(), shown.info());
    return Facts.able(listed.with(card), asked.capabilities());
  }

  /** Nothing known is better than nothing at all: a model is then given the benefit. */
  private Future<InstalledModel> ask(InstalledModel model) {
    byte[] body = new JsonObject().put("model", model.ollama()).toBuffer().getBytes();
    return client
        .get()
        .post("/api/show", body, CONNECT)
        .timeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .compose(Capabilities::good)
        .map(shown -> Facts.described(model, shown))
        .onSuccess(asked -> known.put(model.digest(), asked))
        .otherwise(model);
  }

  private static Future<byte[]> good(OllamaClient.Whole whole) {
    return whole.status() == 200
        ? Future.succeededFuture(whole.body())
        : Future.failedFuture("/api/show answered " + whole.status());
  }

  private static List<InstalledModel> with(List<InstalledModel> list, InstalledModel one) {
    list.add(one);
    return list;
  }
}
