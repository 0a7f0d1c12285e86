package com.visiquate.ccproxy.cache.store;

/**
 * Which answer it is; nothing of the request can be read from it.
 *
 * @param digest SHA-256 of the request as Ollama would see it, of the model and of the scope, in
 *     hexadecimal
 */
public record AnswerKey(String model, String namespace, String digest) {
  private static final String PREFIX = "ccproxy:answer:";

  /** What clients are told. */
  public String name() {
    return escaped(namespace) + ":" + escaped(model) + ":" + digest;
  }

  /** Its name in a store that others use as well. */
  public String text() {
    return text(name());
  }

  /** The same for one that clients were told; nothing of others ever has such a name. */
  public static String text(String name) {
    return name.startsWith(PREFIX) ? name : PREFIX + name;
  }

  /**
   * A pattern of the names of all entries of a model or of a namespace, for Redis.
   *
   * @param model null for any
   * @param namespace null for any
   */
  static String pattern(
      @org.jspecify.annotations.Nullable String model,
      @org.jspecify.annotations.Nullable String namespace) {
    String one = model == null ? "*" : escaped(model);
    String other = namespace == null ? "*" : escaped(namespace);
    return PREFIX + other + ":" + one + ":*";
  }

  /** Without what means something in names or in patterns. */
  private static String escaped(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      boolean plain =
          (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || (letter >= '0' && letter <= '9')
              || letter == '-'
              || letter == '.'
              || letter == '_';
      safe.append(plain ? String.valueOf(letter) : "%%%04x".formatted((int) letter));
    }
    return safe.toString();
  }
}
