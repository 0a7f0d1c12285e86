package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.openai.ImageUrl;
import java.util.ArrayList;
import java.util.List;

/** The content of one item, its parts merged: texts are joined by line ends, images follow. */
record Parts(String text, List<Image> images) {
  static Parts read(Field content, Attachments attachments, Dropped dropped) {
    if (content.isAbsent() || content.isText()) {
      return new Parts(content.text(""), List.of());
    }
    List<String> texts = new ArrayList<>();
    List<Image> images = new ArrayList<>();
    for (Field part : content.items()) {
      switch (part.object().at("type").text()) {
        case "input_text", "output_text", "text" -> texts.add(part.at("text").text());
        case "refusal" -> texts.add(part.at("refusal").text());
        case "input_image" -> attachments.image(() -> image(part), images, texts);
        case "input_file" -> texts.add(InputFile.read(part, dropped));
        case "input_audio" ->
            texts.add(
                attachments.instead(
                    "audio",
                    part.at("type").unsupported("Audio cannot be understood; send its text.")));
        default -> dropped.add("input." + part.at("type").text());
      }
    }
    return new Parts(String.join("\n", texts), images);
  }

  /** The text of a message that cannot show images. */
  String textOnly() {
    return Attachments.without(images, text);
  }

  private static Image image(Field part) {
    if (part.at("image_url").isAbsent() && !part.at("file_id").isAbsent()) {
      throw part.at("file_id")
          .unsupported("Uploaded files are unknown here; send the image as a data: URL.");
    }
    return ImageUrl.read(part.at("image_url"));
  }
}
