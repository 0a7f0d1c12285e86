package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.List;

/** The content of one message, its parts merged: texts are joined by line ends, images follow. */
record Content(String text, List<Image> images, Field source) {
  static Content read(Field content) {
    if (content.isAbsent() || content.isText()) {
      return new Content(content.text(""), List.of(), content);
    }
    List<String> texts = new ArrayList<>();
    List<Image> images = new ArrayList<>();
    for (Field part : content.items()) {
      read(part, texts, images);
    }
    return new Content(String.join("\n", texts), images, content);
  }

  /** The text of a message that cannot hold images. */
  String textOnly() {
    if (!images.isEmpty()) {
      throw source.unsupported("Images belong into messages of the user.");
    }
    return text;
  }

  private static void read(Field part, List<String> texts, List<Image> images) {
    if (part.isText()) {
      texts.add(part.text());
      return;
    }
    switch (part.object().at("type").text()) {
      case "text" -> texts.add(part.at("text").text());
      case "refusal" -> texts.add(part.at("refusal").text());
      case "image_url" -> images.add(ImageUrl.read(part.at("image_url")));
      case "input_audio" -> throw part.at("type").unsupported("Audio cannot be understood.");
      case "file" ->
          throw part.at("type").unsupported("Files cannot be read; send their text instead.");
      default ->
          throw part.at("type").unsupported("Content parts can be 'text' and 'image_url' only.");
    }
  }
}
