package com.visiquate.ccproxy.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;

/** The same JSON for eyes and for comparison; key order and the text of numbers stay. */
final class GoldenJson {
  private static final JsonFactory JSON = new JsonFactory();

  private GoldenJson() {}

  static String pretty(String json) throws IOException {
    return written(json, true) + "\n";
  }

  static String compact(String json) throws IOException {
    return written(json, false);
  }

  private static String written(String json, boolean pretty) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonParser parser = JSON.createParser(json);
        JsonGenerator out = JSON.createGenerator(text)) {
      if (pretty) {
        out.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      while (parser.nextToken() != null) {
        if (parser.currentToken().isNumeric()) {
          out.writeNumber(parser.getText());
        } else {
          out.copyCurrentEvent(parser);
        }
      }
    }
    return text.toString();
  }
}
