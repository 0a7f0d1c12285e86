package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.ImageTypes;
import java.util.Base64;
import java.util.Locale;

/** Reads an image out of a {@code data:} URL; nothing is ever fetched. */
public final class ImageUrl {
  private static final String BASE64 = ";base64";

  private ImageUrl() {}

  public static Image read(Field image) {
    Field field = image.isText() ? image : image.object().at("url");
    String url = field.text();
    int comma = url.indexOf(',');
    if (!url.regionMatches(true, 0, "data:", 0, 5) || comma < 0) {
      throw field.unsupported(
          "Images must be data: URLs with base64; this gateway fetches nothing from the network.");
    }
    String header = url.substring(5, comma).toLowerCase(Locale.ROOT);
    if (!header.endsWith(BASE64)) {
      throw field.unsupported("The data: URL of an image must use base64.");
    }
    checkType(field, header);
    return new Image(base64(field, url.substring(comma + 1)));
  }

  private static void checkType(Field field, String header) {
    String type = header.substring(0, header.length() - BASE64.length());
    if (!ImageTypes.areKnown(type)) {
      throw field.unsupported("Images can be %s.".formatted(ImageTypes.ADVICE));
    }
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
      throw field.invalid("The image is not valid base64.");
    }
    throw field.invalid("The image is empty.");
  }
}
