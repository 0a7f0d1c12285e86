package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.ImageTypes;
import java.util.Base64;

/** Reads the source of an image; nothing is ever fetched. */
final class ImageSource {
  private static final String BASE64 = ";base64,";

  private ImageSource() {}

  static Image read(Field source) {
    return switch (source.object().at("type").text()) {
      case "base64" -> encoded(source);
      case "url" -> fromUrl(source.at("url"));
      default -> throw notHere(source);
    };
  }

  private static Image fromUrl(Field url) {
    int comma = url.text().indexOf(BASE64);
    if (!url.text().regionMatches(true, 0, "data:", 0, 5) || comma < 0) {
      throw notHere(url);
    }
    checkType(url, url.text().substring(5, comma));
    return new Image(base64(url, url.text().substring(comma + BASE64.length())));
  }

  private static Image encoded(Field source) {
    Field type = source.at("media_type");
    checkType(type, type.text(""));
    return new Image(base64(source.at("data"), source.at("data").text()));
  }

  private static void checkType(Field field, String type) {
    if (!ImageTypes.areKnown(type)) {
      throw field.unsupported("images can be " + ImageTypes.ADVICE);
    }
  }

  private static RuntimeException notHere(Field source) {
    return source.unsupported("images cannot be fetched here; send the image itself as base64");
  }

  /** The same image in the strict form that Ollama wants: one line, padded. */
  private static String base64(Field field, String data) {
    String line = data.replaceAll("\\s", "");
    try {
      byte[] image = Base64.getDecoder().decode(line);
      if (image.length > 0) {
        return line.length() % 4 == 0 ? line : Base64.getEncoder().encodeToString(image);
      }
    } catch (IllegalArgumentException notBase64) {
      throw field.invalid("must be base64");
    }
    throw field.invalid("must not be empty");
  }
}
