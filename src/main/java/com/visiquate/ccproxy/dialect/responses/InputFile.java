package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads a file inside a message; what is no text is replaced by a word about it. */
final class InputFile {
  private InputFile() {}

  /**
   * Never an error: an agent that has sent a PDF once repeats it in every request, and would never
   * get out of that. The model is told and can use a tool.
   */
  static String read(Field part, Dropped dropped) {
    String name = part.at("filename").isText() ? part.at("filename").text() : "unnamed";
    Optional<String> text = text(part.at("file_data"));
    dropped.addIf(text.isEmpty(), "input.input_file");
    return text.map(content -> "File %s:\n%s".formatted(name, content))
        .orElse(
            "(The file %s cannot be read by this model; its text would be needed.)"
                .formatted(name));
  }

  private static Optional<String> text(Field data) {
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
}
