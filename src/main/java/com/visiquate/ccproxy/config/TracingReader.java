package com.visiquate.ccproxy.config;

import java.util.HashMap;
import java.util.Map;

/** The keys of {@code tracing}. */
final class TracingReader {
  private static final Kind<String> URL =
      Kind.TEXT.when(
          text -> text.isEmpty() || text.matches("https?://[^/\\s?#]+(/[^\\s?#]*)?"),
          "an address such as http://127.0.0.1:4318");
  private static final Kind<String> HEADER =
      Kind.TEXT.when(
          text -> text.matches("[\\x20-\\x7e]+"), "a value of printable letters, such as ${TOKEN}");

  private TracingReader() {}

  static TracingSettings read(Section section) {
    TracingSettings otherwise = TracingSettings.OFF;
    TracingSettings tracing =
        new TracingSettings(
            section.value("endpoint", URL, otherwise.endpoint()),
            section.value("service", Kind.text("a name"), otherwise.service()),
            section.value(
                "share", Kind.decimal(part -> part >= 0 && part <= 1, "0 to 1"), otherwise.share()),
            headers(section.entries("headers")));
    section.end();
    return tracing;
  }

  private static Map<String, String> headers(Map<String, Item> entries) {
    Map<String, String> headers = new HashMap<>();
    entries.forEach(
        (name, item) -> {
          if (name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            item.as(HEADER).ifPresent(value -> headers.put(name, value));
          } else {
            String expectation = "the name of a header";
            Problem problem = Problem.expected(item.named(), item.path(), name, expectation);
            item.reading().problem(problem);
          }
        });
    return headers;
  }
}
