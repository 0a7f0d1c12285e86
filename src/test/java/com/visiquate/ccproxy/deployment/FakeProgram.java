package com.visiquate.ccproxy.deployment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A JDK whose java says what ccproxy would say, at once, and a server that answers for it. It takes
 * a configuration for valid unless that says broken.
 */
final class FakeProgram implements AutoCloseable {
  private static final String JAVA =
      """
      #!/bin/sh
      while [ $# -gt 0 ]; do
        [ "$1" != --config ] || file=$2
        [ "$1" != --check ] || check=yes
        shift
      done
      if grep '^broken' "$file"; then
        exit 1
      fi
      [ -z "$check" ] || exit 0
      env >"$(dirname "$file")/seen"
      echo "ccproxy 1 listens on http://127.0.0.1:%d after 1 ms"
      exec sleep 600
      """;

  private final HttpServer server;
  private final Path home;

  FakeProgram(Path home) throws IOException {
    this.home = home;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", FakeProgram::answer);
    server.start();
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"99.0.1\"\n");
    executable(home.resolve("bin").resolve("java"), JAVA.formatted(server.getAddress().getPort()));
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] body = "{\"status\":\"healthy\"}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  Path home() {
    return home;
  }

  static Path executable(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
