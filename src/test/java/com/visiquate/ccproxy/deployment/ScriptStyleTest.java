package com.visiquate.ccproxy.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the scripts may be written in: bash 3.2 and the tools of BSD, which is what a Mac has. */
@Tag("deployment")
final class ScriptStyleTest {
  private static final Pattern NEWER_BASH =
      Pattern.compile(
          "declare -[Ag]|local -n|mapfile|readarray|coproc|wait -n|\\|&|&>>"
              + "|\\$\\{[A-Za-z_]+(,,|\\^\\^|@[A-Z]})|printf '%\\(");
  private static final Pattern GNU_ONLY =
      Pattern.compile(
          "readlink -f|sed -i|date -d|stat -c|grep -[a-zA-Z]*P|sort -V|(mv|ln) -[a-z]*T"
              + "|xargs -r|head -n -|\\b(timeout|tac|seq|realpath|setsid|flock|md5sum|sha256sum) ");

  @TempDir Path folder;

  @Test
  void pleasesShellcheck() throws Exception {
    Path shellcheck =
        Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
            .map(place -> Path.of(place, "shellcheck"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of("shellcheck"));
    assumeTrue(
        Files.isExecutable(shellcheck),
        "skipped: shellcheck is not installed (apt install shellcheck, brew install shellcheck)");
    List<String> command = new ArrayList<>(List.of(shellcheck.toString(), "-x"));
    scripts().map(Path::toString).forEach(command::add);

    Said said =
        Said.of(Sandbox.SCRIPTS, folder.resolve("output"), Map.of("LC_ALL", "C.UTF-8"), command);

    assertThat(said.text()).isEmpty();
    assertThat(said.code()).isZero();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void needsNoNewerBashAndNoGnu(Path script) throws IOException {
    List<String> code =
        Files.readAllLines(script, StandardCharsets.UTF_8).stream()
            .filter(line -> !line.strip().startsWith("#"))
            .toList();

    assertThat(code).noneMatch(line -> NEWER_BASH.matcher(line).find());
    assertThat(code).noneMatch(line -> GNU_ONLY.matcher(line).find());
    assertThat(code).noneMatch(line -> line.contains("sudo "));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void canBeRunOrIsSourced(Path script) throws IOException {
    boolean sourced = !Files.readString(script).startsWith("#!");

    assertThat(Files.isExecutable(script)).isEqualTo(!sourced);
  }

  static Stream<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(Sandbox.SCRIPTS)) {
      return files
          .filter(file -> file.toString().endsWith(".sh") || file.endsWith("ccproxy"))
          .sorted()
          .toList()
          .stream();
    }
  }
}
