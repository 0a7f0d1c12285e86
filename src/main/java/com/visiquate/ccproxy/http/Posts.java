package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.ollama.NativeDialect;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The paths that clients post to, in all their spellings, and what becomes of each visit. */
final class Posts {
  private static final String VERSION = Paths.PREFIXES.getFirst();
  private final Map<String, Consumer<Visit>> byPath = new HashMap<>();
  private final Ingress ingress;

  Posts(Ingress ingress, Dialects dialects) {
    this.ingress = ingress;
    chat("/chat/completions", dialects.chat());
    Dialect responses = dialects.responses();
    add("/responses", responses.family(), arrival -> new RecallingIntake(arrival, responses));
    chat("/messages", dialects.messages());
    add(
        "/messages/count_tokens",
        Family.ANTHROPIC,
        arrival -> new CountIntake(arrival, dialects.tokenCount()));
    work("/api/chat", NativeEndpoints.CHAT);
    work("/api/generate", NativeEndpoints.GENERATE);
    work("/api/embed", NativeEndpoints.EMBED);
    work("/api/embeddings", NativeEndpoints.EMBEDDINGS);
    ollama("/api/show", ShowIntake::new);
    EventLog.PATHS.forEach(path -> byPath.put(path, visit -> EventLog.begin(ingress, visit)));
  }

  /** Makes somebody who wants the body of a request that has come. */
  @FunctionalInterface
  private interface Door {
    Upload.Receiver open(Arrival arrival);
  }

  private void chat(String endpoint, Dialect dialect) {
    add(endpoint, dialect.family(), arrival -> new Intake(arrival, dialect));
  }

  private void work(String endpoint, NativeDialect dialect) {
    ollama(endpoint, arrival -> new NativeIntake(arrival, dialect));
  }

  /** Ollama's own endpoints are at home without a version. */
  private void ollama(String endpoint, Door door) {
    add(endpoint, endpoint, Family.OLLAMA, door);
  }

  private void add(String endpoint, Family family, Door door) {
    add(endpoint, VERSION + endpoint, family, door);
  }

  private void add(String endpoint, String route, Family family, Door door) {
    Consumer<Visit> taker =
        visit -> {
          Arrival arrival = new Arrival(ingress, route, family, visit);
          new Upload(arrival, door.open(arrival)).begin();
        };
    Paths.spellings(endpoint).forEach(path -> byPath.put(path, taker));
  }

  /** Who takes what is posted to a path; null when nobody does. */
  @Nullable Consumer<Visit> at(String path) {
    Consumer<Visit> taker = byPath.get(path);
    return taker != null ? taker : byPath.get(Paths.single(path));
  }

  Set<String> paths() {
    return Set.copyOf(byPath.keySet());
  }
}
