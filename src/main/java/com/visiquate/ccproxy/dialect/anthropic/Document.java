package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads the source of a document; what only Anthropic can read is replaced by a word about it. */
final class Document {
  /**
   * Not an error: an agent that has read a PDF once repeats it in every request, and would never
   * get out of that. The model is told and can use a tool.
   */
  private static final String UNREADABLE =
      "(This document is of type %s, which this model cannot read; its text would be needed.)";

  private Document() {}

  static Parts read(Field source, Attachments attachments, Dropped dropped) {
    return switch (source.object().at("type").text()) {
      case "text" -> Parts.of(source.at("data"), attachments, dropped);
      case "content" -> Parts.of(source.at("content"), attachments, dropped);
      case "base64" -> encoded(source, dropped);
      default ->
          said(
              attachments.instead(
                  "document",
                  source.unsupported(
                      "documents cannot be fetched here; send their text in the request")),
              dropped);
    };
  }

  private static Parts encoded(Field source, Dropped dropped) {
    String type = source.at("media_type").text("application/pdf");
    if (type.startsWith("text/")) {
      return said(decoded(source.at("data")), dropped);
    }
    dropped.add("messages.document." + type);
    return said(UNREADABLE.formatted(type), dropped);
  }

  private static Parts said(String text, Dropped dropped) {
    Parts parts = new Parts(Attachments.EARLIER, dropped);
    parts.text(text);
    return parts;
  }

  private static String decoded(Field data) {
    try {
      return new String(Base64.getMimeDecoder().decode(data.text()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw data.invalid("must be base64");
    }
  }
}
