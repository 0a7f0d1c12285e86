package com.visiquate.ccproxy.http.console;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of the console in the jar: ours, and those of others under names that stay. Each is
 * read once, beside the event loop, and only when somebody wants it.
 */
final class PageFiles {
  /** The page itself. */
  static final String PAGE = "index.html";

  /** In place of this the page has what changes with every start, so that files may be kept. */
  private static final String VERSION = "VERSION";

  private static final String OURS = "/console/";
  private static final Map<String, String> OF_OTHERS =
      Map.of(
          "lib/preact.js", "/META-INF/resources/_static/htm/3.1.1/preact/standalone.module.js",
          "lib/uplot.js", "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.iife.min.js",
          "lib/uplot.css", "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.min.css");

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private final Vertx vertx;
  private final String version;
  private final Map<String, Future<Optional<PageFile>>> read = new HashMap<>();

  PageFiles(Vertx vertx, String version) {
    this.vertx = vertx;
    this.version = version;
  }

  String version() {
    return version;
  }

  /** A file; empty when there is none of this name. */
  Future<Optional<PageFile>> find(String name) {
    if (!NAME.matcher(name).matches()) {
      return Future.succeededFuture(Optional.empty());
    }
    Future<Optional<PageFile>> known = read.get(name);
    if (known != null) {
      return known;
    }
    Future<Optional<PageFile>> found =
        vertx.executeBlocking(() -> load(name), false).map(Objects::requireNonNull);
    read.put(name, found);
    // Names that strangers make up are not kept.
    return found.onComplete(
        done -> {
          if (done.failed() || done.result().isEmpty()) {
            read.remove(name);
          }
        });
  }

  private Optional<PageFile> load(String name) {
    String resource = OF_OTHERS.getOrDefault(name, OURS + name);
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(file(name, in.readAllBytes()));
    } catch (IOException broken) {
      throw new UncheckedIOException(resource + " cannot be read from the jar", broken);
    }
  }

  private PageFile file(String name, byte[] bytes) {
    if (!name.equals(PAGE)) {
      return PageFile.of(name, bytes);
    }
    String page = new String(bytes, StandardCharsets.UTF_8).replace(VERSION, version);
    return PageFile.of(name, page.getBytes(StandardCharsets.UTF_8));
  }
}
