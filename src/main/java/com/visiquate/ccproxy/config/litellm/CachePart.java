package com.visiquate.ccproxy.config.litellm;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * {@code cache} and {@code cache_params}. LiteLLM heeds {@code litellm_settings.cache: true} alone;
 * whoever writes a block with a type and a host elsewhere wants the same, and is told that it is so
 * now.
 */
final class CachePart {
  private static final String CACHE = "cache";
  private static final String PARAMS = "cache_params";
  private static final String WISHED = "what clients ask for by use-cache or ttl";
  private static final String CERTAIN =
      "embeddings and, without tools, answers at temperature 0 or with a seed";
  private static final List<String> EMBEDDINGS =
      List.of("/v1/embeddings", "/api/embed", "/api/embeddings");
  private final List<Block> places;
  private final Block heeded;
  private final Draft draft;
  private final Survey survey;
  private final Set<String> read = new HashSet<>();

  CachePart(Block file, Draft draft, Survey survey) {
    this.heeded = file.block("litellm_settings");
    this.places = List.of(heeded, file, file.block("general_settings"));
    this.draft = draft;
    this.survey = survey;
  }

  void translate() {
    Optional<Entry> first = places.stream().flatMap(one -> one.entry(CACHE).stream()).findFirst();
    places.stream().filter(one -> one.entry(CACHE).isPresent()).findFirst().ifPresent(this::read);
    String why =
        first
            .map(entry -> entry.path() + " goes before it")
            .orElse("without litellm_settings.cache: true nothing is kept");
    places.stream()
        .flatMap(one -> Stream.of(CACHE, PARAMS).flatMap(key -> one.entry(key).stream()))
        .filter(entry -> !read.contains(entry.path()))
        .forEach(entry -> entry.withoutEffect(why));
  }

  private void read(Block place) {
    Entry cache = place.entry(CACHE).orElseThrow();
    read.add(cache.path());
    if (cache.node() instanceof MappingNode) {
      block(Block.of(cache), cache);
    } else if (cache.flag().orElse(false)) {
      place.entry(PARAMS).ifPresent(entry -> read.add(entry.path()));
      String kept = on(place.block(PARAMS), cache.mark());
      cache.used("cache: " + kept + "; cache.store: all would keep all");
      isOnNow(cache, kept, place == heeded);
    } else {
      cache.withoutEffect("nothing is kept by default, either");
    }
  }

  private void block(Block block, Entry cache) {
    Optional<Entry> enabled = block.entry("enabled");
    if (enabled.flatMap(Entry::flag).orElse(true)) {
      enabled.ifPresent(entry -> entry.used(CACHE));
      isOnNow(cache, on(block, cache.mark()), false);
    } else {
      cache.withoutEffect("it is not enabled");
    }
  }

  private static void isOnNow(Entry cache, String kept, boolean before) {
    if (!before) {
      cache.doubt("LiteLLM ignores it here; now " + kept);
    }
  }

  /** Says what is kept. */
  private String on(Block params, Mark mark) {
    boolean shared = new CacheRedis(params, section(mark), survey).translate();
    ttl(params, shared, mark);
    boolean wished = params.entry("mode").map(this::isWished).orElse(false);
    boolean texts = params.entry("supported_call_types").map(this::hasTexts).orElse(true);
    String whose = wished ? WISHED : texts ? CERTAIN : "embeddings alone";
    return "kept are " + whose;
  }

  /** What LiteLLM takes when none is written: a minute in Redis, ten in memory. */
  private void ttl(Block params, boolean shared, Mark mark) {
    Optional<Entry> ttl = params.entry("ttl");
    Optional<String> written = ttl.flatMap(entry -> entry.used("cache.ttl").seconds());
    section(mark)
        .plain("ttl", written.orElse(shared ? "60s" : "10m"), ttl.map(Entry::mark).orElse(mark));
  }

  private boolean isWished(Entry entry) {
    String mode = entry.used("cache.store").value().map(Value::text).orElse("");
    return switch (mode) {
      case "default_off" -> {
        section(entry.mark()).plain("store", "wished", entry.mark());
        yield true;
      }
      case "default_on", "" -> false;
      default -> {
        entry.wrong("default_on or default_off");
        yield false;
      }
    };
  }

  /** All texts are taken together; embeddings alone are said by their paths. */
  private boolean hasTexts(Entry entry) {
    Set<String> types = words(entry.used("cache.store and cache.routes"));
    boolean texts = types.stream().anyMatch(CachePart::isText);
    Mark mark = entry.mark();
    if (!texts) {
      section(mark).plain("store", "wished", mark);
    }
    if (!texts && types.stream().anyMatch(type -> type.contains("embedding"))) {
      List<Node> paths = EMBEDDINGS.stream().map(path -> Draft.text(path, mark)).toList();
      section(mark).put("routes", Draft.list(paths, mark));
    }
    return texts;
  }

  private static boolean isText(String word) {
    return word.contains("completion") || word.contains("responses") || word.contains("messages");
  }

  private static Set<String> words(Entry types) {
    Set<String> words = new HashSet<>();
    types
        .elements()
        .forEach(
            type ->
                type.value().ifPresent(value -> words.add(value.text().toLowerCase(Locale.ROOT))));
    return words;
  }

  private Draft section(Mark mark) {
    return draft.section(CACHE, mark);
  }
}
