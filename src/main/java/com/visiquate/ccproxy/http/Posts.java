package com.visiquate.ccproxy.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The paths that clients post to, in all their spellings, and what becomes of each visit. */
final class Posts {
  private final Map<String, Consumer<Visit>> byPath = new HashMap<>();

  Posts(Ingress ingress, Dialects dialects) {
    chat(ingress, new ChatRoute("/v1/chat/completions", dialects.chat()));
    chat(ingress, new ChatRoute("/v1/messages", dialects.messages()));
    add(CountIntake.TEMPLATE, visit -> CountIntake.begin(ingress, dialects.tokenCount(), visit));
    EventLog.PATHS.forEach(path -> byPath.put(path, visit -> EventLog.begin(ingress, visit)));
  }

  private void chat(Ingress ingress, ChatRoute route) {
    add(route.template(), visit -> Intake.begin(ingress, route, visit));
  }

  private void add(String template, Consumer<Visit> taker) {
    Paths.spellings(template.substring(Paths.PREFIXES.getFirst().length()))
        .forEach(path -> byPath.put(path, taker));
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
