package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.CachePolicy;
import com.visiquate.ccproxy.fleet.CachePolicy.Extent;
import com.visiquate.ccproxy.fleet.Label;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of {@code cache}. */
final class CacheReader {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final Kind<String> REDIS =
      Kind.TEXT.when(
          text -> text.isEmpty() || isAddress(text),
          "an address such as redis://host:6379 or rediss://user@host:6380;"
              + " a password may stand in redis-password");
  private static final Kind<String> ROUTE =
      Kind.TEXT.when(text -> text.startsWith("/"), "a path such as /v1/chat/completions");

  private CacheReader() {}

  static CacheSettings read(Section section) {
    CacheSettings otherwise = CacheSettings.DEFAULT;
    Duration ttl = section.value("ttl", Kind.duration(), otherwise.ttl());
    long size = section.value("size", Kind.size(MIB, 64 * GIB), otherwise.size());
    CacheSettings.Redis redis = redis(section);
    Extent join =
        section.value(
            "join",
            Kind.choice(List.of(Extent.NONE, Extent.CERTAIN, Extent.ALL), Label::of),
            Extent.CERTAIN);
    Extent store =
        section.value(
            "store",
            Kind.choice(List.of(Extent.WISHED, Extent.CERTAIN, Extent.ALL), Label::of),
            Extent.CERTAIN);
    Set<String> models = names(section.list("models"), Kind.text("a name that clients use"));
    Set<String> routes = names(section.list("routes"), ROUTE);
    section.end();
    Extent kept = ttl.isPositive() ? store : Extent.NONE;
    return new CacheSettings(new CachePolicy(join, kept, models, routes), ttl, size, redis);
  }

  private static CacheSettings.Redis redis(Section section) {
    String url = section.value("redis", REDIS, "");
    String password = Secrets.orPlain(section, "redis-password").orElse("");
    String ca = section.value("redis-ca", Kind.TEXT, "");
    if (!ca.isEmpty() && !isFile(ca)) {
      Secrets.problem(section, "redis-ca", ca, "a file with certificates in PEM");
    }
    return new CacheSettings.Redis(url, password, ca);
  }

  private static boolean isAddress(String text) {
    try {
      URI url = new URI(text);
      return text.matches("rediss?://.+") && url.getHost() != null;
    } catch (URISyntaxException none) {
      return false;
    }
  }

  private static boolean isFile(String path) {
    try {
      return Files.isReadable(Path.of(path));
    } catch (InvalidPathException none) {
      return false;
    }
  }

  private static Set<String> names(List<Item> items, Kind<String> kind) {
    return items.stream()
        .map(item -> item.as(kind))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }
}
