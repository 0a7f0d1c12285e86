package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.KvType;
import com.visiquate.ccproxy.fleet.PromptCache;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of {@code backends}. */
final class BackendReader {
  private static final Kind<String> ID =
      Kind.TEXT.when(
          text -> text.matches("[A-Za-z0-9][A-Za-z0-9._-]*"), "letters, digits, '.', '_', '-'");
  private static final long MOST_BYTES = 1L << 40;

  /** In Ollama's own words. */
  private static final Kind<KvType> KV_TYPE =
      Kind.choice(List.of(KvType.values()), type -> type.name().toLowerCase(Locale.ROOT));

  private static final Kind<URI> URL =
      new Kind<>("http://host:port", BackendReader::url, URI::toString);

  private BackendReader() {}

  static List<BackendSpec> readAll(Section root, Names ids) {
    List<Item> items = root.list("backends");
    if (items.isEmpty()) {
      Problem none = Problem.expected(root.place(), "backends", "missing", "at least one backend");
      root.reading().problem(none);
    }
    List<BackendSpec> backends =
        items.stream()
            .flatMap(item -> item.section().stream())
            .flatMap(section -> read(section, ids).stream())
            .toList();
    Doubts.sameUrl(items, backends);
    return backends;
  }

  private static Optional<BackendSpec> read(Section section, Names ids) {
    Optional<String> id = section.required("id", ID);
    Optional<URI> url = section.required("url", URL);
    int slots = section.value("slots", Kind.whole(1), 1);
    double weight = section.value("weight", Kind.decimal(w -> w > 0, "> 0"), 1.0);
    String host = section.optional("host", Kind.text("a label"), "").orElse(machine(url));
    int resident = section.value("resident-models", Kind.whole(1), 1);
    GhostRule ghosts = section.value("ghosts", Kind.choice(GhostRule.class), GhostRule.AUTO);
    PromptCache prompts = promptCache(section);
    section.end();
    id.ifPresent(name -> ids.define(name, section, "id"));
    return id.flatMap(
        name ->
            url.map(
                at ->
                    new BackendSpec(
                        new BackendId(name), at, slots, weight, host, resident, ghosts, prompts)));
  }

  private static PromptCache promptCache(Section section) {
    PromptCache otherwise = PromptCache.DEFAULT;
    return new PromptCache(
        section.value("prompt-cache", Kind.size(0, MOST_BYTES), otherwise.bytes()),
        section.value("kv-cache", KV_TYPE, otherwise.kv()));
  }

  /** Every address of this machine is the same machine. */
  private static String machine(Optional<URI> url) {
    String host = url.map(URI::getHost).orElse("");
    return Doubts.isLoopback(host) ? "localhost" : host;
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      return isOllama(url) ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException notOne) {
      return Optional.empty();
    }
  }

  private static boolean isOllama(URI url) {
    return "http".equals(url.getScheme())
        && url.getHost() != null
        && url.getPort() > 0
        && url.getPort() <= 65_535
        && url.getUserInfo() == null
        && url.getQuery() == null
        && url.getFragment() == null
        && (url.getPath().isEmpty() || url.getPath().equals("/"));
  }
}
