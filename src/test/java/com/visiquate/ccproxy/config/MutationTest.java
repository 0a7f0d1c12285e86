package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever becomes of the file, it is either used or refused with a line. */
final class MutationTest {
  private static final int MUTANTS = 1_000;
  private static final String SPICE = " :-#{}[],&*!|>'\"%@`\n\t~?0a.$\u0000\uFFFF";

  @Test
  void neverThrowsAndAlwaysNamesALine() {
    survives(Texts.shipped());
  }

  @Test
  void holdsForAFileOfLiteLlm() {
    survives(Texts.read(Path.of("src/test/resources/litellm/rich.yaml")));
  }

  private static void survives(String text) {
    long seed = System.nanoTime();
    System.out.println("MutationTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < MUTANTS; i++) {
      String mutant = mutated(text, random);
      assertThat(Config.parse("c.yaml", mutant, Map.of()))
          .as("seed %d, mutant %d", seed, i)
          .satisfies(MutationTest::isUsedOrRefused);
    }
  }

  private static void isUsedOrRefused(Loaded loaded) {
    switch (loaded) {
      case Valid valid -> assertThat(valid.settings().plan().backends()).isNotEmpty();
      case Invalid invalid ->
          assertThat(invalid.problems())
              .isNotEmpty()
              .allSatisfy(problem -> assertThat(problem.line()).isPositive());
    }
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      mutate(mutant, random);
    }
    return mutant.toString();
  }

  private static void mutate(StringBuilder text, Random random) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + 1 + random.nextInt(30));
    switch (random.nextInt(4)) {
      case 0 -> text.delete(at, end);
      case 1 -> text.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
      case 2 -> text.setCharAt(at, SPICE.charAt(random.nextInt(SPICE.length())));
      default -> text.insert(random.nextInt(text.length()), text.substring(at, end));
    }
  }
}
