package com.visiquate.ccproxy.dialect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads a file that travels inside a request, when it is one of text. */
public final class TextFile {
  private TextFile() {}

  /** Its text; nothing when it is anything else. {@code data} is base64 or a data: URL of it. */
  public static Optional<String> read(Field data) {
    if (!data.isText()) {
      return Optional.empty();
    }
    String url = data.text();
    String base64 = url.startsWith("data:") ? url.substring(url.indexOf(',') + 1) : url;
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0 && !text.startsWith("%PDF-")
          ? Optional.of(text)
          : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException noText) {
      return Optional.empty();
    }
  }

  /** How a model is shown the text. */
  public static String shown(String name, String text) {
    return "File %s:\n%s".formatted(name, text);
  }
}
