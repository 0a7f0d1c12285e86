package com.visiquate.ccproxy.store;

import com.visiquate.ccproxy.store.DatabaseException.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The tables of this release. Flyway takes long to load, so that it is left alone when one question
 * shows that nothing is to be done.
 */
final class Schema {
  /** The last of {@code db/migration}. */
  static final int VERSION = 1;

  private static final String HISTORY = "flyway_schema_history";
  private final DatabaseSettings settings;
  private final DataSource source;

  Schema(DatabaseSettings settings, DataSource source) {
    this.settings = settings;
    this.source = source;
  }

  void bringUpToDate() throws DatabaseException {
    int found = version();
    if (found > VERSION) {
      throw new DatabaseException(
          Kind.NEWER,
          ("the database %s has tables of version %d, this ccproxy knows those up to %d: run the"
                  + " newer ccproxy, or name another database")
              .formatted(settings.name(), found, VERSION));
    }
    if (found < VERSION) {
      migrate();
    }
  }

  /** 0 when there are no tables yet. */
  private int version() throws DatabaseException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      if (!exists(statement)) {
        return 0;
      }
      try (ResultSet rows = statement.executeQuery("select version, success from " + HISTORY)) {
        return newest(rows);
      }
    } catch (SQLException away) {
      throw unusable(away);
    }
  }

  private boolean exists(Statement statement) throws SQLException {
    String question =
        switch (settings.dialect()) {
          case SQLITE -> "select 1 from sqlite_master where name = '" + HISTORY + "'";
          case POSTGRESQL -> "select 1 where to_regclass('" + HISTORY + "') is not null";
        };
    try (ResultSet rows = statement.executeQuery(question)) {
      return rows.next();
    }
  }

  private static int newest(ResultSet rows) throws SQLException {
    int newest = 0;
    while (rows.next()) {
      String version = rows.getString(1);
      if (version != null && rows.getBoolean(2)) {
        newest = Math.max(newest, Integer.parseInt(version));
      }
    }
    return newest;
  }

  private void migrate() throws DatabaseException {
    boolean small = settings.dialect() == Dialect.SQLITE;
    try {
      Flyway.configure(Schema.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:db/migration")
          .placeholders(Map.of("keyed_only", small ? "without rowid" : ""))
          .load()
          .migrate();
    } catch (FlywayException failed) {
      throw new DatabaseException(
          Kind.AWAY, "the tables of %s cannot be made".formatted(settings.name()), failed);
    }
  }

  private DatabaseException unusable(SQLException cause) {
    String state = cause.getSQLState();
    // Who may not come in or names no database: nothing that passes by itself soon, but the
    // server may be set right while ccproxy runs.
    String why = state != null && state.startsWith("28") ? "refuses the login" : "does not answer";
    return new DatabaseException(
        Kind.AWAY, "the database %s %s".formatted(settings.name(), why), cause);
  }
}
