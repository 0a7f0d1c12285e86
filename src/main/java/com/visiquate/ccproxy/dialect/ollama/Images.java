package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads images: base64 and nothing around it. */
final class Images {
  private Images() {}

  /** Those of a request that has no conversation. */
  static List<Image> read(Field images) {
    return read(images, new Attachments(true), new ArrayList<>());
  }

  /**
   * Those of a message.
   *
   * @param notes gets a word about each that cannot be read
   */
  static List<Image> read(Field images, Attachments attachments, List<String> notes) {
    List<Image> read = new ArrayList<>();
    for (Field image : images.items()) {
      attachments.image(() -> one(image), read, notes);
    }
    return read;
  }

  private static Image one(Field image) {
    String line = image.text().replaceAll("[\r\n]", "");
    try {
      if (Base64.getDecoder().decode(line).length > 0 && line.length() % 4 == 0) {
        return new Image(line);
      }
    } catch (IllegalArgumentException notBase64) {
      throw image.invalid("'%s': illegal base64 data".formatted(image.path()));
    }
    throw image.invalid("'%s': illegal base64 data".formatted(image.path()));
  }
}
