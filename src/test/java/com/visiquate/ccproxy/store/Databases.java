package com.visiquate.ccproxy.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases for tests: files, and new databases in one PostgreSQL that all test classes share. */
public final class Databases {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Databases() {}

  private static final class Server {
    /** Of a server that runs already, such as a distribution's; it takes anybody. */
    private static final String GIVEN = System.getenv("CCPROXY_TEST_POSTGRESQL");

    private static final int PORT = GIVEN == null ? start() : Integer.parseInt(GIVEN);

    private static int start() {
      try {
        return EmbeddedPostgres.builder().start().getPort();
      } catch (IOException unusable) {
        throw new AssertionError(unusable);
      }
    }
  }

  /** An address of a database that nobody else uses. */
  public static String url() {
    String name = "records" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    String server = "jdbc:postgresql://localhost:%d/postgres".formatted(Server.PORT);
    try (Connection connection = DriverManager.getConnection(server, "postgres", "secret");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
    return "postgresql://postgres:secret@localhost:%d/%s".formatted(Server.PORT, name);
  }

  /** A new database of this kind. */
  public static DatabaseSettings settings(Dialect dialect, Path folder) {
    try {
      return switch (dialect) {
        case SQLITE -> DatabaseSettings.file(folder.resolve("records.db"));
        case POSTGRESQL -> DatabaseSettings.url(url());
      };
    } catch (DatabaseException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
