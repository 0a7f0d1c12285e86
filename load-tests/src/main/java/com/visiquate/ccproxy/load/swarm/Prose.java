package com.visiquate.ccproxy.load.swarm;

/** Text of a given length in tokens that no other piece shares a beginning with. */
final class Prose {
  /** The simulator's tokenizer. */
  private static final int CHARACTERS_A_TOKEN = 4;

  private Prose() {}

  static String of(String subject, int tokens) {
    String sentence = "About " + subject + " there is more to say. ";
    int length = tokens * CHARACTERS_A_TOKEN;
    return sentence.repeat(length / sentence.length() + 1).substring(0, length);
  }

  static int tokens(String text) {
    return (text.length() + CHARACTERS_A_TOKEN - 1) / CHARACTERS_A_TOKEN;
  }
}
