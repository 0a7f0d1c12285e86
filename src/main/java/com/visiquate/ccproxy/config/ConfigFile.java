package com.visiquate.ccproxy.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The file that ccproxy runs with, and the environment that goes with it at every reading. */
public record ConfigFile(Path path, Map<String, String> environment) {
  public ConfigFile {
    environment = Map.copyOf(environment);
  }

  public Loaded read() {
    return Config.read(path, environment);
  }

  /** Empty while there is no file: some editors take it away for a moment. */
  public Optional<Loaded> readIfThere() {
    return Files.exists(path) ? Optional.of(read()) : Optional.empty();
  }
}
