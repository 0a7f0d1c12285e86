package com.visiquate.ccproxy.cache.store;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

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
   * A pattern of the names of all entries of a model or of a namespace, with stars for any.
   *
   * @param model null for any
   * @param namespace null for any
   */
  public static String pattern(@Nullable String model, @Nullable String namespace) {
    String one = model == null ? "*" : escaped(model);
    String other = namespace == null ? "*" : escaped(namespace);
    return PREFIX + other + ":" + one + ":*";
  }

  /** Without what means something in names or in patterns. */
  private static String escaped(String name) {
    int at = 0;
    while (at < name.length() && isPlain(name.charAt(at))) {
      at++;
    }
    // Nearly all are of this kind.
    return at == name.length() ? name : escaped(name, at);
  }

  private static String escaped(String name, int from) {
    StringBuilder safe = new StringBuilder(name.length() + 16).append(name, 0, from);
    for (int i = from; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (isPlain(letter)) {
        safe.append(letter);
      } else {
        safe.append('%').append(HexFormat.of().toHexDigits(letter));
      }
    }
    return safe.toString();
  }

  private static boolean isPlain(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || letter == '-'
        || letter == '.'
        || letter == '_';
  }
}
