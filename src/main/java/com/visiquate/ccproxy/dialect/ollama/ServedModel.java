package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.fleet.InstalledModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A model as clients see it.
 *
 * @param name the one to ask for: a model's or an alias
 * @param context its window in tokens
 * @param installed the model behind it, as far as any Ollama has told
 */
public record ServedModel(String name, int context, InstalledModel installed) {
  private static final Set<String> LIKELY = Set.of("completion", "tools");

  /**
   * Its own for each name: clients merge what has the same one, and would lose all aliases but one.
   * It stays the same for as long as the model behind it does.
   */
  String digest() {
    String real = installed.digest();
    return tagged(name).equals(tagged(installed.ollama())) ? real : digest(name + "\n" + real);
  }

  private static String tagged(String name) {
    String bare = name.toLowerCase(Locale.ROOT);
    return bare.contains(":") ? bare : bare + ":latest";
  }

  private static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }

  /** What it can do; of one that nobody has told anything about, what it is most likely to. */
  Collection<String> capabilities() {
    Set<String> told = installed.capabilities();
    return told.isEmpty() ? List.copyOf(LIKELY) : told;
  }
}
