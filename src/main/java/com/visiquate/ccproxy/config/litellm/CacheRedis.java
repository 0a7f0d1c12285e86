package com.visiquate.ccproxy.config.litellm;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** Where answers are kept: in a Redis, or in the memory of the process alone. */
final class CacheRedis {
  private static final Set<String> REDIS = Set.of("redis", "valkey");
  private static final String LOCAL = "local";
  private static final Value USUAL_PORT = new Value("6379", "6379");
  private static final String KEPT_HERE = "answers are kept in this process alone";
  private final Block params;
  private final Draft section;
  private final Survey survey;

  CacheRedis(Block params, Draft section, Survey survey) {
    this.params = params;
    this.section = section;
    this.survey = survey;
  }

  /** Says whether there is one. */
  boolean translate() {
    Optional<Entry> type = params.entry("type");
    String word =
        type.flatMap(Entry::value).map(value -> value.text().toLowerCase(Locale.ROOT)).orElse("");
    type.ifPresent(entry -> entry.used("cache.redis"));
    if (!word.isEmpty() && !REDIS.contains(word)) {
      type.filter(entry -> !word.equals(LOCAL)).ifPresent(entry -> strange(entry, word));
      return false;
    }
    Optional<Value> url = url();
    url.ifPresent(address -> redis(address, type.orElse(null)));
    if (url.isEmpty()) {
      type.ifPresent(entry -> nowhere(entry));
    }
    return url.isPresent();
  }

  private static void strange(Entry type, String word) {
    String alike = word.contains("semantic") ? ", for equal requests only" : "";
    type.doubt(word + ": " + KEPT_HERE + alike + "; type: redis with its host shares them");
  }

  private void nowhere(Entry type) {
    Stream.of("redis_startup_nodes", "sentinel_nodes")
        .flatMap(key -> params.entry(key).stream())
        .findFirst()
        .ifPresentOrElse(
            nodes -> nodes.doubt(KEPT_HERE + ": one Redis is used; name its host and port"),
            () -> type.doubt(KEPT_HERE + ": name the host of the Redis, or set REDIS_HOST"));
  }

  private void redis(Value url, @Nullable Entry type) {
    Mark mark = type == null ? params.mark() : type.mark();
    section.text("redis", url.reference(), mark);
    value("password", "cache.redis-password", "REDIS_PASSWORD")
        .ifPresent(password -> section.text("redis-password", password.reference(), mark));
    value("ssl_ca_certs", "cache.redis-ca", "REDIS_SSL_CA_CERTS")
        .ifPresent(ca -> section.text("redis-ca", ca.reference(), mark));
  }

  private Optional<Value> url() {
    Optional<Value> whole =
        value("url", "cache.redis", "REDIS_URL").or(() -> value("redis_url", "cache.redis", ""));
    return whole.or(() -> value("host", "cache.redis", "REDIS_HOST").map(this::url));
  }

  private Value url(Value host) {
    Value port = value("port", "cache.redis", "REDIS_PORT").orElse(USUAL_PORT);
    Optional<Value> user = value("username", "cache.redis", "REDIS_USERNAME");
    Optional<Value> ssl = value("ssl", "cache.redis", "REDIS_SSL");
    boolean isSecret = ssl.filter(on -> on.text().equalsIgnoreCase("true")).isPresent();
    String database =
        value("db", "cache.redis", "").map(number -> "/" + number.reference()).orElse("");
    String reference =
        (isSecret ? "rediss://" : "redis://")
            + user.map(name -> name.reference() + "@").orElse("")
            + host.reference()
            + ":"
            + port.reference()
            + database;
    return new Value(host.text(), reference);
  }

  /** What is written, else what LiteLLM's own variable says. */
  private Optional<Value> value(String key, String as, String variable) {
    Optional<Value> written =
        params.entry(key).flatMap(entry -> entry.used(as).value()).filter(CacheRedis::isThere);
    return written.or(
        () ->
            variable.isEmpty()
                ? Optional.empty()
                : survey
                    .variables()
                    .value(variable)
                    .map(text -> new Value(text, survey.variables().reference(variable)))
                    .filter(CacheRedis::isThere));
  }

  private static boolean isThere(Value value) {
    return !value.text().isBlank();
  }
}
