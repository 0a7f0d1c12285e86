package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.ConfigFile;
import com.visiquate.ccproxy.config.Loaded.Valid;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The way in which a supervisor starts ccproxy: {@code --config FILE} and nothing else. It needs no
 * parser of command lines, whose classes are too old for the JVM to keep in a recording: loading
 * them took a sixth of the start.
 */
public final class PlainStart {
  private PlainStart() {}

  /**
   * The exit code, if this is that way and the file is valid; everything else is for the parser.
   */
  public static OptionalInt of(Surroundings surroundings, String... arguments) {
    if (arguments.length != 2 || !arguments[0].equals("--config")) {
      return OptionalInt.empty();
    }
    Path path = surroundings.folder().resolve(Path.of(arguments[1]));
    ConfigFile file = new ConfigFile(path, surroundings.environment());
    return file.read() instanceof Valid valid
        ? OptionalInt.of(StartUp.withFile(surroundings, file, valid))
        : OptionalInt.empty();
  }
}
