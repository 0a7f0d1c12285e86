package com.visiquate.ccproxy.config.litellm;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * Where an Ollama listens. Every name of this machine is the same machine.
 *
 * @param host as written
 */
record Address(String host, int port) {
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0");
  private static final int HTTP = 80;

  /** Empty for what is no {@code http://host:port}. */
  static Optional<Address> of(String text) {
    try {
      URI url = new URI(text);
      // Clients of OpenAI's API write the version behind it; Ollama is at home above that.
      boolean isBase = url.getRawPath() != null && url.getRawPath().matches("/?|/v1/?");
      return "http".equals(url.getScheme()) && url.getHost() != null && isBase
          ? Optional.of(new Address(url.getHost(), url.getPort() < 0 ? HTTP : url.getPort()))
          : Optional.empty();
    } catch (URISyntaxException none) {
      return Optional.empty();
    }
  }

  String url() {
    return "http://%s:%d".formatted(host, port);
  }

  boolean isSameAs(Address other) {
    return port == other.port && machine().equals(other.machine());
  }

  /** An id that a backend may have. */
  String id() {
    return machine().replaceAll("[^A-Za-z0-9.-]", "") + "-" + port;
  }

  private String machine() {
    return HERE.contains(host) ? "ollama" : host;
  }
}
