package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What stands in a thinking block's {@code signature}. Clients throw blocks without one away.
 *
 * <p>When the client does not want to see the thinking, the signature carries it, as Anthropic's
 * own does: it comes back with the next request, and the model finds its thoughts again.
 */
final class Signature {
  /** Of thinking that the client has seen. */
  static final String SHOWN = encode("ccproxy");

  private static final String MARK = "ccproxy:";

  private Signature() {}

  static String hiding(String thinking) {
    return encode(MARK + thinking);
  }

  /** The thinking in a signature; empty when there is none, or when somebody else signed. */
  static String hidden(String signature) {
    try {
      String text = new String(Base64.getDecoder().decode(signature), StandardCharsets.UTF_8);
      return text.startsWith(MARK) ? text.substring(MARK.length()) : "";
    } catch (IllegalArgumentException foreign) {
      return "";
    }
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(Utf8.bytes(text));
  }
}
