package com.visiquate.ccproxy.store;

import com.visiquate.ccproxy.store.DatabaseException.Kind;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A database whose tables are those of this release. All that is asked of it may take long: it is
 * for threads that may wait.
 */
public final class Database implements AutoCloseable {
  private final DatabaseSettings settings;
  private final HikariDataSource pool;

  private Database(DatabaseSettings settings, HikariDataSource pool) {
    this.settings = settings;
    this.pool = pool;
  }

  /** Something that is done with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Opens it and brings its tables up to date. */
  public static Database open(DatabaseSettings settings) throws DatabaseException {
    if (settings.dialect() == Dialect.SQLITE) {
      checkFile(Path.of(settings.location()));
    }
    HikariDataSource pool = Connections.pool(settings);
    try {
      new Schema(settings, pool).bringUpToDate();
      return new Database(settings, pool);
    } catch (DatabaseException | RuntimeException unusable) {
      pool.close();
      throw unusable;
    }
  }

  public Dialect dialect() {
    return settings.dialect();
  }

  /** What it is called in messages. */
  public String name() {
    return settings.name();
  }

  /** All of the work, or nothing of it. */
  public <T> T transaction(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException failed) {
        undo(connection, failed);
        throw failed;
      }
    }
  }

  /** Work that changes nothing. */
  public <T> T read(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return work.on(connection);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static void undo(Connection connection, Exception because) {
    try {
      connection.rollback();
    } catch (SQLException alsoFailed) {
      because.addSuppressed(alsoFailed);
    }
  }

  /** SQLite itself says only that it cannot open the file. */
  private static void checkFile(Path file) throws DatabaseException {
    Path folder = file.resolveSibling(".").normalize();
    try {
      Files.createDirectories(folder);
    } catch (IOException cannot) {
      throw new DatabaseException(
          Kind.NOT_WRITABLE, "the folder " + folder + " of the database cannot be made", cannot);
    }
    if (!Files.isWritable(folder) || (Files.exists(file) && !Files.isWritable(file))) {
      throw new DatabaseException(
          Kind.NOT_WRITABLE,
          "the database %s cannot be written: let ccproxy's user write it and its folder"
              .formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new DatabaseException(
          Kind.NOT_WRITABLE, "the database %s is a folder: name a file".formatted(file));
    }
  }
}
