package com.visiquate.ccproxy.config.litellm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** {@code router_settings} as routing, limits and more aliases. */
final class RouterPart {
  private static final String SHUFFLE = "shuffle";
  private static final Map<String, String> STRATEGIES =
      Map.of(
          "simple-shuffle", SHUFFLE,
          "least-busy", "least-busy",
          "latency-based-routing", "least-busy",
          "usage-based-routing", "least-requests",
          "usage-based-routing-v2", "least-requests",
          "cost-based-routing", "least-busy");
  private final Block file;
  private final Block router;
  private final Draft draft;

  RouterPart(Block file, Draft draft) {
    this.file = file;
    this.router = file.block("router_settings");
    this.draft = draft;
  }

  void translate() {
    router.entry("routing_strategy").ifPresent(this::strategy);
    router
        .entry("stream_timeout")
        .ifPresent(
            entry ->
                entry
                    .used("limits.first-token")
                    .seconds()
                    .ifPresent(time -> limits().plain("first-token", time, entry.mark())));
    timeout();
    router.entry("model_group_alias").filter(Entry::isBlockOrWrong).ifPresent(this::aliases);
  }

  /** What each further name stands for, as it is written. */
  static Map<String, String> targets(Block file) {
    Map<String, String> targets = new LinkedHashMap<>();
    Optional<Entry> section = file.block("router_settings").entry("model_group_alias");
    section
        .filter(entry -> entry.node() instanceof MappingNode)
        .ifPresent(
            written -> {
              int prefix = written.path().length() + 1;
              for (Entry entry : Block.of(written).entries()) {
                target(entry).ifPresent(to -> targets.put(entry.path().substring(prefix), to));
              }
            });
    return targets;
  }

  private static Optional<String> target(Entry entry) {
    Node node =
        entry.node() instanceof MappingNode
            ? Block.of(entry).entry("model").map(Entry::node).orElse(entry.node())
            : entry.node();
    return node instanceof ScalarNode name ? Optional.of(name.getValue()) : Optional.empty();
  }

  private void strategy(Entry entry) {
    Optional<String> strategy = entry.value().map(Value::text);
    Optional<String> known = strategy.map(STRATEGIES::get);
    if (strategy.isPresent() && known.isEmpty()) {
      entry.wrong(String.join(", ", STRATEGIES.keySet().stream().sorted().toList()));
      return;
    }
    known.ifPresent(
        name -> {
          boolean isShuffle = name.equals(SHUFFLE);
          String hint = isShuffle ? "; least-busy would make use of Ollama's prompt caches" : "";
          entry.used("routing.strategy: " + name + hint);
          draft.section("routing", entry.mark()).plain("strategy", name, entry.mark());
        });
  }

  private void timeout() {
    Optional<Entry> own = router.entry("timeout");
    Optional<Entry> request = file.block("litellm_settings").entry("request_timeout");
    own.ifPresent(this::silence);
    if (own.isPresent()) {
      request.ifPresent(entry -> entry.withoutEffect("router_settings.timeout goes before it"));
    } else {
      request.ifPresent(this::silence);
    }
  }

  /** There it bounds the silence of a server, however long the whole answer takes. */
  private void silence(Entry entry) {
    entry
        .used("queue.wait and limits.between-tokens; prompts and whole answers take their time")
        .seconds()
        .ifPresent(
            time -> {
              limits().plain("between-tokens", time, entry.mark());
              draft.section("queue", file.mark()).plain("wait", time, entry.mark());
            });
  }

  private static void hidden(Entry entry) {
    Block.of(entry)
        .entry("hidden")
        .ifPresent(flag -> flag.withoutEffect("every alias is listed at /v1/models"));
  }

  private Draft limits() {
    return draft.section("limits", file.mark());
  }

  /** The short form names a group, the long one may also hide it from lists. */
  private void aliases(Entry section) {
    for (Entry entry : Block.of(section).entries()) {
      Optional<Entry> target =
          entry.node() instanceof MappingNode
              ? Block.of(entry).required("model")
              : Optional.of(entry);
      hidden(entry);
      String name = entry.path().substring(section.path().length() + 1);
      target
          .map(written -> written.used("aliases"))
          .flatMap(Entry::value)
          .ifPresent(
              model ->
                  draft
                      .section("aliases", entry.mark())
                      .text(name, model.reference(), entry.mark()));
    }
  }
}
