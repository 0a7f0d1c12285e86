package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.Budget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys of {@code records}. */
final class RecordsReader {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final int LONGEST_KEEP = 36_500;
  private static final Kind<String> URL =
      Kind.TEXT.when(
          text -> text.isEmpty() || text.matches("(jdbc:)?postgres(ql)?://[^/\\s]+/.+"),
          "an address such as postgresql://user:${PASSWORD}@host:5432/database");
  private static final Kind<String> NODE =
      Kind.TEXT.when(
          text -> text.matches("[A-Za-z0-9][A-Za-z0-9._-]*"), "letters, digits, '.', '_', '-'");

  private RecordsReader() {}

  static RecordsSettings read(Section section) {
    RecordsSettings otherwise = RecordsSettings.OFF;
    String file = section.value("file", Kind.TEXT, otherwise.file());
    String url = section.value("url", URL, otherwise.url());
    int days = (int) otherwise.keep().toDays();
    RecordsSettings records =
        new RecordsSettings(
            file,
            url,
            section.value("node", NODE, otherwise.node()),
            section.value("spool", Kind.TEXT, otherwise.spool()),
            section.value("spool-size", Kind.size(MIB, 64 * GIB), otherwise.spoolSize()),
            Duration.ofDays(section.value("keep-days", Kind.whole(0, LONGEST_KEEP), days)),
            section.value("max-size", Kind.size(0, 1024 * GIB), otherwise.maxSize()),
            section.value("lines", Kind.TEXT, otherwise.lines()));
    section.end();
    if (!file.isEmpty() && !url.isEmpty()) {
      problem(section, "url", "both file and url", "one of them");
    }
    return records;
  }

  /** Budgets are read from records. */
  static void expectFor(Section root, List<Budget> budgets, RecordsSettings records) {
    if (!budgets.isEmpty() && !records.isOn()) {
      Optional<Item> written = root.entry("budgets");
      Place place = written.map(Item::place).orElse(root.place());
      String expectation = "records.file or records.url, from which they are read";
      root.reading()
          .problem(Problem.expected(place, "budgets", "budgets without records", expectation));
    }
  }

  private static void problem(Section section, String key, String what, String expectation) {
    Place place = section.entry(key).map(Item::place).orElse(section.place());
    section
        .reading()
        .problem(Problem.expected(place, section.path() + "." + key, what, expectation));
  }
}
