package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.Quota;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of {@code keys}. What is secret leaves this class only as a digest. */
final class KeyReader {
  private static final String DIGEST = "sha256:";
  private static final String VARIABLE = "env:";
  private static final String FILE = "file:";
  private static final Kind<String> NAME =
      Kind.TEXT.when(
          text -> text.matches("[A-Za-z0-9][A-Za-z0-9._-]*"), "letters, digits, '.', '_', '-'");
  private static final Kind<String> KEY =
      Kind.TEXT.when(
          text -> text.matches("sha256:[0-9A-Fa-f]{64}|env:[A-Za-z_][A-Za-z0-9_]*|file:.+"),
          "sha256: and 64 hex digits, env:NAME or file:PATH");

  private KeyReader() {}

  static List<AccessKey> readAll(Section root, Names models, Names names) {
    return root.list("keys").stream()
        .flatMap(item -> item.section().stream())
        .flatMap(section -> read(section, names, models).stream())
        .toList();
  }

  private static Optional<AccessKey> read(Section section, Names names, Names models) {
    Optional<String> name = section.required("name", NAME);
    Optional<String> digest = digest(section);
    List<ModelName> allowed =
        section.list("models").stream().flatMap(item -> model(item, models).stream()).toList();
    Quota quota =
        new Quota(
            section.value("requests-per-minute", Kind.whole(0), 0),
            section.value("tokens-per-minute", Kind.whole(0), 0),
            section.value("concurrency", Kind.whole(0), 0));
    Optional<Priority> priority = section.optional("priority", PlanReader.PRIORITY, "");
    boolean operator = section.value("operator", Kind.FLAG, false);
    section.end();
    name.ifPresent(known -> names.define(known, section, "name"));
    return name.flatMap(
        known ->
            digest.map(
                value ->
                    new AccessKey(known, value, allowed, quota, priority.orElse(null), operator)));
  }

  private static Optional<ModelName> model(Item item, Names models) {
    return item.as(Kind.TEXT)
        .filter(name -> models.expect(name, "model", item))
        .map(ModelName::new);
  }

  private static Optional<String> digest(Section section) {
    return section.required("key", KEY).flatMap(key -> digest(section, key));
  }

  private static Optional<String> digest(Section section, String key) {
    if (key.startsWith(DIGEST)) {
      return Optional.of(key.substring(DIGEST.length()).toLowerCase(Locale.ROOT));
    }
    Optional<String> secret =
        key.startsWith(FILE)
            ? file(key.substring(FILE.length()))
            : section.reading().environment().value(key.substring(VARIABLE.length()));
    Optional<String> usable = secret.map(String::strip).filter(text -> !text.isEmpty());
    if (usable.isEmpty()) {
      Place place = section.entry("key").map(Item::place).orElse(section.place());
      String path = section.path() + ".key";
      String expectation = "a variable or a file that is there and holds a key";
      section.reading().problem(Problem.expected(place, path, key, expectation));
    }
    return usable.map(KeyReader::digest);
  }

  private static Optional<String> file(String path) {
    try {
      return Optional.of(Files.readString(Path.of(path)));
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }

  private static String digest(String secret) {
    try {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
