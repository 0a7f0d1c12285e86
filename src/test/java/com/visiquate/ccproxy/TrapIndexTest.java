package com.visiquate.ccproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/traps.md and docs/field.md to the tests that they name. */
final class TrapIndexTest {
  private static final Path TRAPS = Path.of("docs/traps.md");
  private static final Path FIELD = Path.of("docs/field.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|(.*)\\|$");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

  @Test
  void hasARowForEveryTrap() {
    assertThat(numbers(TRAPS)).isEqualTo(IntStream.rangeClosed(1, 30).boxed().toList());
    assertThat(numbers(FIELD)).isEqualTo(IntStream.rangeClosed(1, 33).boxed().toList());
  }

  @Test
  void namesATestForEveryTrap() {
    assertThat(Stream.of(TRAPS, FIELD).flatMap(page -> rows(page).stream()))
        .allSatisfy(row -> assertThat(row.group(2)).containsPattern(NAMED));
  }

  @Test
  void namesOnlyTestsThatExist() throws IOException {
    List<String> missing = new ArrayList<>();
    for (MatchResult row : Stream.of(TRAPS, FIELD).flatMap(page -> rows(page).stream()).toList()) {
      for (MatchResult named : NAMED.matcher(row.group(2)).results().toList()) {
        if (!exists(named.group(1), named.group(2))) {
          missing.add(named.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean exists(String type, String method) throws IOException {
    return sources(type).stream().anyMatch(source -> isTest(text(source), method));
  }

  /** Whether such a method is there, with the annotation of a test above it. */
  private static boolean isTest(String source, String method) {
    int at = source.indexOf("void " + method + "(");
    return at >= 0 && source.substring(source.lastIndexOf("\n\n", at), at).contains("Test\n");
  }

  private static List<Path> sources(String test) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
      return all.filter(path -> path.endsWith(test + ".java")).toList();
    }
  }

  private static List<Integer> numbers(Path page) {
    return rows(page).stream().map(row -> Integer.parseInt(row.group(1))).toList();
  }

  private static List<MatchResult> rows(Path page) {
    return ROW.matcher(text(page)).results().toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
