package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.TextFile;
import java.util.ArrayList;
import java.util.List;

/** The content of one message, its parts merged: texts are joined by line ends, images follow. */
record Content(String text, List<Image> images) {
  static Content read(Field content, Attachments attachments) {
    if (content.isAbsent() || content.isText()) {
      return new Content(content.text(""), List.of());
    }
    List<String> texts = new ArrayList<>();
    List<Image> images = new ArrayList<>();
    for (Field part : content.items()) {
      read(part, attachments, texts, images);
    }
    return new Content(String.join("\n", texts), images);
  }

  /** The text of a message that cannot show images. */
  String textOnly() {
    return Attachments.without(images, text);
  }

  private static void read(
      Field part, Attachments attachments, List<String> texts, List<Image> images) {
    if (part.isText()) {
      texts.add(part.text());
      return;
    }
    Field type = part.object().at("type");
    switch (type.text()) {
      case "text" -> texts.add(part.at("text").text());
      case "refusal" -> texts.add(part.at("refusal").text());
      case "image_url" ->
          attachments.image(() -> ImageUrl.read(part.at("image_url")), images, texts);
      case "input_audio" ->
          texts.add(attachments.instead("audio", type.unsupported("Audio cannot be understood.")));
      case "file" -> texts.add(file(part.at("file"), type, attachments));
      default ->
          texts.add(
              attachments.instead(
                  type.text(),
                  type.unsupported("Content parts can be 'text' and 'image_url' only.")));
    }
  }

  private static String file(Field file, Field type, Attachments attachments) {
    String name = file.at("filename").isText() ? file.at("filename").text() : "unnamed";
    return TextFile.read(file.at("file_data"))
        .map(text -> TextFile.shown(name, text))
        .orElseGet(
            () ->
                attachments.instead(
                    "file " + name,
                    type.unsupported("Only files of text can be read; send their text instead.")));
  }
}
