package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.PastWork;
import java.util.ArrayList;
import java.util.List;

/** Collects what a user or a tool shows the model: texts, joined by empty lines, and images. */
final class Parts {
  private static final String BETWEEN = "\n\n";

  private final Attachments attachments;
  private final Dropped dropped;
  private final List<String> texts = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();

  Parts(Attachments attachments, Dropped dropped) {
    this.attachments = attachments;
    this.dropped = dropped;
  }

  /** All of a content that may be a string, a list of blocks or absent. */
  static Parts of(Field content, Attachments attachments, Dropped dropped) {
    Parts parts = new Parts(attachments, dropped);
    if (content.isAbsent() || content.isText()) {
      parts.text(content.text(""));
    } else {
      content.items().forEach(block -> parts.add(block, attachments));
    }
    return parts;
  }

  /**
   * @param strictness of this block, which may differ from that of its neighbours
   */
  void add(Field block, Attachments strictness) {
    String type = block.object().at("type").text();
    switch (type) {
      case "text" -> text(block.at("text").text());
      case "image" -> strictness.image(() -> ImageSource.read(block.at("source")), images, texts);
      case "document" -> document(block, strictness);
      case "search_result" -> searchResult(block);
      case "tool_reference" -> text("Tool found: " + block.at("tool_name").text(""));
      default -> other(type, block);
    }
  }

  private void other(String type, Field block) {
    if (type.endsWith("_tool_result")) {
      text(PastWork.returned("", block.at("content")));
    } else {
      // Things that only Anthropic's own servers can look into.
      dropped.add("messages." + type);
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

  private void document(Field block, Attachments strictness) {
    Parts inside = Document.read(block.at("source"), strictness, dropped);
    String context = block.at("context").text("");
    String body = context.isEmpty() ? inside.text() : context + BETWEEN + inside.text();
    text("<document%s>\n%s\n</document>".formatted(title(block, "title"), body));
    images.addAll(inside.images);
  }

  private void searchResult(Field block) {
    Parts inside = of(block.at("content"), attachments, dropped);
    String attributes = title(block, "source") + title(block, "title");
    text("<search_result%s>\n%s\n</search_result>".formatted(attributes, inside.text()));
    images.addAll(inside.images);
  }

  private static String title(Field block, String name) {
    String value = block.at(name).text("");
    return value.isEmpty() ? "" : " %s=\"%s\"".formatted(name, value);
  }
}
