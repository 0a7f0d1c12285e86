package com.visiquate.ccproxy.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens connections; a driver is loaded when the first one of its kind is. */
final class Connections {
  private static final int MOST = 4;
  private static final int PATIENCE_MILLIS = 5_000;

  private Connections() {}

  static HikariDataSource pool(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("records");
    config.setMaximumPoolSize(MOST);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setValidationTimeout(PATIENCE_MILLIS / 2);
    // Whether it can be reached is seen, and said better, by whoever uses it first.
    config.setInitializationFailTimeout(-1);
    switch (settings.dialect()) {
      case SQLITE -> config.setDataSource(sqlite(settings));
      case POSTGRESQL -> postgresql(settings, config);
    }
    return new HikariDataSource(config);
  }

  private static DataSource sqlite(DatabaseSettings settings) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(PATIENCE_MILLIS);
    // Whoever begins a transaction will write: better to wait at its begin than to fail inside.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setCacheSize(-32_000);
    // A page that changes often goes to the file seldom: by default that is after 4 MB.
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "8000");
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, Integer.toString(256 << 20));
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + settings.location());
    return source;
  }

  private static void postgresql(DatabaseSettings settings, HikariConfig config) {
    Properties defaults = new Properties();
    defaults.put("reWriteBatchedInserts", "true");
    defaults.put("connectTimeout", "5");
    defaults.put("socketTimeout", "60");
    defaults.put("tcpKeepAlive", "true");
    defaults.put("ApplicationName", "ccproxy");
    // By its name: its annotations are of a library that is not there when we are compiled.
    config.setDriverClassName("org.postgresql.Driver");
    config.setJdbcUrl(settings.location());
    config.setDataSourceProperties(defaults);
    if (!settings.user().isEmpty()) {
      config.setUsername(settings.user());
      config.setPassword(settings.password());
    }
  }
}
