package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.TextFile;
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
    Optional<String> text = TextFile.read(part.at("file_data"));
    dropped.addIf(text.isEmpty(), "input.input_file");
    return text.map(content -> TextFile.shown(name, content))
        .orElse(
            "(The file %s cannot be read by this model; its text would be needed.)"
                .formatted(name));
  }
}
