package com.visiquate.ccproxy.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.RecordsMessage.NotTold;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsInquiry;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageReply;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRows;
import com.visiquate.ccproxy.config.RecordsSettings;
import com.visiquate.ccproxy.fleet.Accounting;
import com.visiquate.ccproxy.store.Database;
import com.visiquate.ccproxy.store.DatabaseSettings;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be kept where they should be: it is said, and nothing else is disturbed. */
@Timeout(60)
final class UnusableTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Ends.NOON);
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.of(vertx);
  @TempDir Path folder;

  @AfterEach
  void end() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void goesOnWithoutAFolderThatCanBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    RecordsSettings settings = RecordsSettings.OFF.inFile(file.resolve("records.db").toString());
    deploy(settings);
    bus.publish(Address.EXCHANGE_ENDED, Ends.plain("a", Ends.NOON));
    RecordsStatus status = untilAway();

    assertThat(status.lastError()).contains(file.toString());
    assertThat(status.lost()).isZero();
    assertThat(
            bus.ask(Address.RECORDS_USAGE, query(), Duration.ofSeconds(5))
                .await(9, TimeUnit.SECONDS))
        .isInstanceOf(NotTold.class);
  }

  @Test
  void saysThatItsJournalCannotBeWrittenAndGoesOnOnceItCan() throws Exception {
    RecordsSettings settings = RecordsSettings.OFF.inFile(folder.resolve("records.db").toString());
    String id = deploy(settings);
    while (!(usage() instanceof UsageRows)) {
      // It is being opened.
    }
    Path spool = Path.of(settings.spoolFolder());
    Path aside = Files.move(spool, folder.resolve("aside"));
    Files.writeString(spool, "no folder");
    bus.publish(Address.EXCHANGE_ENDED, Ends.plain("a", Ends.NOON));
    RecordsStatus status = untilAway();
    assertThat(status.lastError()).contains(spool.toString());
    assertThat(status.lost()).isZero();

    Files.delete(spool);
    Files.move(aside, spool);
    while (!isTold()) {
      // What could not be written is tried again, although nothing else comes.
    }
    assertThat(status().awaySince()).isNull();
    vertx.undeploy(id).await(20, TimeUnit.SECONDS);
  }

  @Test
  void keepsWhatComesForTheReleaseThatUnderstandsTheDatabase() throws Exception {
    RecordsSettings settings = RecordsSettings.OFF.inFile(folder.resolve("records.db").toString());
    DatabaseSettings database = DatabaseSettings.file(Path.of(settings.file()));
    Database.open(database).close();
    version(
        settings.file(),
        "insert into flyway_schema_history select installed_rank + 100,"
            + " '9999', description, type, script, checksum, installed_by, installed_on,"
            + " execution_time, success from flyway_schema_history limit 1");
    String id = deploy(settings);
    bus.publish(Address.EXCHANGE_ENDED, Ends.plain("a", Ends.NOON));
    RecordsStatus status = untilAway();
    assertThat(status.lastError()).contains("9999", settings.file());
    vertx.undeploy(id).await(20, TimeUnit.SECONDS);

    version(settings.file(), "delete from flyway_schema_history where version = '9999'");
    String again = deploy(settings);
    while (!isTold()) {
      // What was left is being written.
    }
    vertx.undeploy(again).await(20, TimeUnit.SECONDS);
    try (Database opened = Database.open(database)) {
      assertThat(Kept.records(opened)).containsOnlyKeys("a");
    }
  }

  private String deploy(RecordsSettings settings) throws Exception {
    return vertx
        .deployVerticle(new RecordsVerticle(settings, Accounting.NONE, CLOCK))
        .await(20, TimeUnit.SECONDS);
  }

  private RecordsStatus untilAway() throws Exception {
    RecordsStatus status = status();
    while (status.awaySince() == null) {
      status = status();
    }
    return status;
  }

  private RecordsStatus status() throws Exception {
    return bus.ask(Address.RECORDS_STATUS, new RecordsInquiry(), Duration.ofSeconds(5))
        .await(9, TimeUnit.SECONDS);
  }

  private boolean isTold() throws Exception {
    return usage() instanceof UsageRows rows && rows.total().requests() == 1;
  }

  private UsageReply usage() throws Exception {
    return bus.ask(Address.RECORDS_USAGE, query(), Duration.ofSeconds(5))
        .await(9, TimeUnit.SECONDS);
  }

  private static UsageQuery query() {
    return new UsageQuery("2020-01-01", "2036-01-01", "model", Map.of(), null, 0);
  }

  private static void version(String file, String change) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(change)).isEqualTo(1);
    }
  }
}
