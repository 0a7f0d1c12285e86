package com.visiquate.ccproxy.records.question;

import com.visiquate.ccproxy.records.account.Dimension;
import com.visiquate.ccproxy.records.row.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By what is summed up.
 *
 * @param daily whether each day by itself
 * @param dimension when there are sums of it
 * @param column when there are none, and each row must be looked at
 */
public record Group(boolean daily, @Nullable Dimension dimension, @Nullable Column column) {
  private static final String DAY = "day";

  static Group of(String by) throws NotUnderstood {
    List<String> names = new ArrayList<>(List.of(by.split(",", -1)));
    boolean daily = names.remove(DAY);
    if (names.size() > 1) {
      throw new NotUnderstood(
          "by: \"%s\" (expected: one column, or day and one column)".formatted(by), "by");
    }
    return names.isEmpty() || names.getFirst().isEmpty()
        ? new Group(daily, Dimension.ALL, null)
        : of(daily, names.getFirst().equals("tools") ? "tool" : names.getFirst());
  }

  private static Group of(boolean daily, String name) throws NotUnderstood {
    Optional<Dimension> dimension = Dimension.named(name);
    if (dimension.isPresent()) {
      return new Group(daily, dimension.get(), null);
    }
    if (!Column.labels().contains(name)) {
      throw ColumnNames.unknown(
          name,
          "by",
          Stream.concat(
                  Stream.of(DAY),
                  Stream.concat(
                      Stream.of(Dimension.values()).map(Dimension::label),
                      Column.labels().stream()))
              .distinct()
              .toList());
    }
    return new Group(daily, null, ColumnNames.column(name));
  }

  /** All together. */
  public Group whole() {
    return new Group(false, Dimension.ALL, null);
  }
}
