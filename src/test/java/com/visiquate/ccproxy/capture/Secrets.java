package com.visiquate.ccproxy.capture;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Secrets as people paste them, none of them real. */
final class Secrets {
  private static final String WORD =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private Secrets() {}

  /** One of each shape. */
  static List<String> all(Random random) {
    String lines = word(random, 64) + "\n" + word(random, 64);
    return List.of(
        "sk-" + word(random, 40),
        "sk-ant-api03-" + word(random, 60) + "-" + word(random, 20),
        "ghp_" + word(random, 36),
        "github_pat_" + word(random, 40),
        "glpat-" + word(random, 20),
        "xoxb-" + word(random, 24),
        "AKIA" + from(random, UPPER, 16),
        "AIza" + word(random, 35),
        "hf_" + word(random, 34),
        "sk_live_" + word(random, 24),
        "eyJ" + word(random, 20) + "." + word(random, 40) + "." + word(random, 30),
        "Bearer " + word(random, 32),
        word(random, 8) + "@" + word(random, 6) + ".example.com",
        "postgres://" + word(random, 5) + ":" + word(random, 12) + "@db",
        "-----BEGIN RSA PRIVATE KEY-----\n" + lines + "\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PGP PRIVATE KEY BLOCK-----\n" + lines,
        "password = \"" + word(random, 14) + "\"",
        "CUST-" + (100_000 + random.nextInt(900_000)));
  }

  static String any(Random random) {
    List<String> all = all(random);
    return all.get(random.nextInt(all.size()));
  }

  /** What would still be secret of it: its longest run that says something. */
  static String core(String secret) {
    return List.of(secret.split("[^A-Za-z0-9]+")).stream()
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .orElseThrow();
  }

  /** Harmless text around it. */
  static String within(String secret, Random random) {
    return noise(random) + " " + secret + " " + noise(random);
  }

  static String noise(Random random) {
    return IntStream.range(0, 1 + random.nextInt(6))
        .mapToObj(
            i ->
                List.of("the", "file", "\"x\"", "\u00e9", "{a: 1}", "\\n", "//")
                    .get(random.nextInt(7)))
        .collect(Collectors.joining(" "));
  }

  private static String word(Random random, int length) {
    return from(random, WORD, length);
  }

  private static String from(Random random, String letters, int length) {
    return IntStream.range(0, length)
        .mapToObj(i -> String.valueOf(letters.charAt(random.nextInt(letters.length()))))
        .collect(Collectors.joining());
  }
}
