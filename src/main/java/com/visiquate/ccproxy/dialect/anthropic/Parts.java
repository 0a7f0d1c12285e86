package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.List;

/** Collects what a user or a tool shows the model: texts, joined by empty lines, and images. */
final class Parts {
  private static final String BETWEEN = "\n\n";

  private final Dropped dropped;
  private final List<String> texts = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();

  Parts(Dropped dropped) {
    this.dropped = dropped;
  }

  /** All of a content that may be a string, a list of blocks or absent. */
  static Parts of(Field content, Dropped dropped) {
    Parts parts = new Parts(dropped);
    if (content.isAbsent() || content.isText()) {
      parts.text(content.text(""));
    } else {
      content.items().forEach(parts::add);
    }
    return parts;
  }

  void add(Field block) {
    String type = block.object().at("type").text();
    switch (type) {
      case "text" -> text(block.at("text").text());
      case "image" -> images.add(ImageSource.read(block.at("source")));
      case "document" -> document(block);
      case "search_result" -> searchResult(block);
      case "tool_reference" -> text("Tool found: " + block.at("tool_name").text(""));
      // Things that only Anthropic's own servers can look into.
      default -> dropped.add("messages." + type);
    }
  }

  String text() {
    return String.join(BETWEEN, texts);
  }

  List<Image> images() {
    return images;
  }

  void text(String text) {
    if (!text.isEmpty()) {
      texts.add(text);
    }
  }

  private void document(Field block) {
    Parts inside = Document.read(block.at("source"), dropped);
    String context = block.at("context").text("");
    String body = context.isEmpty() ? inside.text() : context + BETWEEN + inside.text();
    text("<document%s>\n%s\n</document>".formatted(title(block, "title"), body));
    images.addAll(inside.images);
  }

  private void searchResult(Field block) {
    Parts inside = of(block.at("content"), dropped);
    String attributes = title(block, "source") + title(block, "title");
    text("<search_result%s>\n%s\n</search_result>".formatted(attributes, inside.text()));
    images.addAll(inside.images);
  }

  private static String title(Field block, String name) {
    String value = block.at(name).text("");
    return value.isEmpty() ? "" : " %s=\"%s\"".formatted(name, value);
  }
}
