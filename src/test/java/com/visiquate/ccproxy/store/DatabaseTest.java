package com.visiquate.ccproxy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visiquate.ccproxy.store.DatabaseException.Kind;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("database")
final class DatabaseTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void makesItsTablesOnceAndFindsThemAgain(Dialect dialect) throws Exception {
    DatabaseSettings settings = Databases.settings(dialect, folder);
    try (Database first = Database.open(settings)) {
      first.transaction(
          connection ->
              Batches.run(connection, "insert into spools values (?, ?, ?)", "a", 1L, 2L));
    }
    try (Database second = Database.open(settings)) {
      assertThat(segments(second)).containsExactly(1L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTransactionThatFailsLeavesNothing(Dialect dialect) throws Exception {
    try (Database database = Database.open(Databases.settings(dialect, folder))) {
      assertThatThrownBy(
              () ->
                  database.transaction(
                      connection -> {
                        Batches.run(connection, "insert into spools values (?, 1, 2)", "a");
                        throw new SQLException("broken off");
                      }))
          .hasMessage("broken off");
      assertThat(segments(database)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesTablesOfANewerRelease(Dialect dialect) throws Exception {
    DatabaseSettings settings = Databases.settings(dialect, folder);
    try (Database database = Database.open(settings)) {
      database.transaction(
          connection ->
              Batches.run(
                  connection,
                  """
                  insert into flyway_schema_history (installed_rank, version, description, type,
                    script, installed_by, execution_time, success)
                  values (99, '99', 'later', 'SQL', 'V99', 'me', 1, true)
                  """));
    }
    assertThatThrownBy(() -> Database.open(settings))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(settings.name())
        .hasMessageContaining("version 99")
        .hasMessageContaining("up to " + Schema.VERSION)
        .hasMessageContaining("run the newer ccproxy")
        .hasMessageNotContaining("secret");
  }

  @Test
  void knowsItsNewestMigration() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"))
                  .mapToInt(Integer::parseInt)
                  .max())
          .hasValue(Schema.VERSION);
    }
  }

  @Test
  void saysThatAFolderCannotBeMade() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThatThrownBy(() -> Database.open(DatabaseSettings.file(file.resolve("records.db"))))
        .asInstanceOf(InstanceOfAssertFactories.type(DatabaseException.class))
        .matches(failed -> failed.kind() == Kind.NOT_WRITABLE)
        .matches(failed -> !failed.mayPass())
        .extracting(Throwable::getMessage)
        .asString()
        .contains(file.toString());
  }

  @Test
  void saysThatAFolderIsNoDatabase() {
    assertThatThrownBy(() -> Database.open(DatabaseSettings.file(folder)))
        .hasMessageContaining("is a folder: name a file");
  }

  @Test
  void aServerThatDoesNotAnswerMayDoSoLater() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String url = "postgresql://me:secret@localhost:" + port + "/records";
    assertThatThrownBy(() -> Database.open(DatabaseSettings.url(url)))
        .asInstanceOf(InstanceOfAssertFactories.type(DatabaseException.class))
        .matches(DatabaseException::mayPass)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("localhost:" + port + "/records")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me:se%40cret@db:5433/usage?sslmode=require",
        "postgres://me:se%40cret@db:5433/usage"
      })
  void understandsUrls(String url) throws DatabaseException {
    DatabaseSettings settings = DatabaseSettings.url(url);
    assertThat(settings.location()).startsWith("jdbc:postgresql://db:5433/usage");
    assertThat(settings.user()).isEqualTo("me");
    assertThat(settings.password()).isEqualTo("se@cret");
    assertThat(settings).hasToString("postgresql://db:5433/usage");
  }

  @Test
  void hidesThePasswordOfAUrlForJdbc() throws DatabaseException {
    assertThat(DatabaseSettings.url("jdbc:postgresql://db/usage?user=me&password=secret"))
        .hasToString("postgresql://db/usage");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql://db/secret", "postgresql://", "postgresql://db", "secret"})
  void saysWhatAUrlLooksLike(String url) {
    assertThatThrownBy(() -> DatabaseSettings.url(url))
        .hasMessageContaining("postgresql://user:password@host:port/database")
        .hasMessageNotContaining("secret");
  }

  private static List<Long> segments(Database database) throws SQLException {
    return database.read(
        connection ->
            Batches.query(connection, "select segment from spools", row -> row.getLong(1)));
  }
}
