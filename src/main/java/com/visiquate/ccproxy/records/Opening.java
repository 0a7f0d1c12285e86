package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.config.RecordsSettings;
import com.visiquate.ccproxy.store.Database;
import com.visiquate.ccproxy.store.DatabaseException;
import com.visiquate.ccproxy.store.DatabaseSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one database, opened as soon as it can be; whoever asks may wait. */
final class Opening implements AutoCloseable {
  private final DatabaseSettings settings;
  private volatile @Nullable Database database;

  Opening(RecordsSettings records) throws DatabaseException {
    settings =
        records.url().isEmpty()
            ? DatabaseSettings.file(Path.of(records.file()))
            : DatabaseSettings.url(records.url());
  }

  /** For the one thread that writes. */
  Database open() throws DatabaseException {
    Database known = database;
    if (known == null) {
      known = Database.open(settings);
      database = known;
    }
    return known;
  }

  /** Empty until it has been opened. */
  Optional<Database> opened() {
    return Optional.ofNullable(database);
  }

  String name() {
    return settings.name();
  }

  @Override
  public void close() {
    Database known = database;
    if (known != null) {
      known.close();
    }
  }
}
