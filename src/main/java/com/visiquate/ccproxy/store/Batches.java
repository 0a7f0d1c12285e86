package com.visiquate.ccproxy.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements with many rows. */
public final class Batches {
  /** So many rows of an embedded database take less than a millisecond. */
  private static final int TURN = 25;

  private Batches() {}

  /** Makes a value of one row. */
  @FunctionalInterface
  public interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Runs a statement once for each row of parameters. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing is waited for
  public static void run(Connection connection, String sql, Collection<@Nullable Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    int turn = isEmbedded(connection) ? TURN : rows.size();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int waiting = 0;
      for (@Nullable Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
        waiting++;
        if (waiting == turn) {
          waiting = 0;
          statement.executeBatch();
          // An embedded database computes here: whoever answers clients goes first.
          Thread.yield();
        }
      }
      if (waiting > 0) {
        statement.executeBatch();
      }
    }
  }

  private static boolean isEmbedded(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("SQLite");
  }

  /** Runs a statement; says how many rows it has changed. */
  public static int run(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /** All rows of a question. */
  public static <T> List<T> query(
      Connection connection, String sql, Reading<T> reading, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(reading.of(rows));
        }
        return found;
      }
    }
  }

  /** {@code (?, ?, ?)} for so many values. */
  public static String places(int count) {
    return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] row)
      throws SQLException {
    for (int i = 0; i < row.length; i++) {
      switch (row[i]) {
        case null -> statement.setObject(i + 1, null);
        case String text -> statement.setString(i + 1, text);
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case Double number -> statement.setDouble(i + 1, number);
        default -> statement.setObject(i + 1, row[i]);
      }
    }
  }
}
