package com.visiquate.ccproxy.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import com.visiquate.ccproxy.config.RecordsSettings;
import com.visiquate.ccproxy.fleet.Accounting;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Price.Tokens;
import com.visiquate.ccproxy.fleet.PriceBook;
import com.visiquate.ccproxy.store.Database;
import com.visiquate.ccproxy.store.DatabaseSettings;
import com.visiquate.ccproxy.store.Databases;
import com.visiquate.ccproxy.store.Dialect;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the bus to the database, and to the bus again. */
@Tag("database")
@ExtendWith(VertxExtension.class)
final class RecordsVerticleTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Ends.NOON);

  @TempDir private Path folder;

  private RecordsSettings settings(Dialect dialect) {
    RecordsSettings off =
        new RecordsSettings(
            "", "", "node-1", folder.resolve("spool").toString(), 1 << 20, Duration.ZERO, 0, "");
    return dialect == Dialect.SQLITE
        ? off.inFile(folder.resolve("records.db").toString())
        : off.at(Databases.url());
  }

  /** A second of a slot costs 1, and a token of an answer would cost 0.02 elsewhere. */
  private static Accounting accounting() {
    Tokens elsewhere = new Tokens(0, 0, 20_000);
    Map<ModelName, com.visiquate.ccproxy.fleet.Price> models =
        Ends.MODELS.stream()
            .collect(
                Collectors.toMap(
                    ModelName::new,
                    any -> new com.visiquate.ccproxy.fleet.Price(Tokens.NOTHING, 3_600, "c")));
    return new Accounting(new PriceBook("USD", models, Map.of("c", elsewhere)), List.of());
  }

  private static Database database(RecordsSettings settings) throws Exception {
    return Database.open(
        settings.url().isEmpty()
            ? DatabaseSettings.file(Path.of(settings.file()))
            : DatabaseSettings.url(settings.url()));
  }

  @ParameterizedTest
  @EnumSource
  void writesEachExchangeWithTheSlotsThatItHeld(Dialect dialect, Vertx vertx) throws Exception {
    RecordsSettings settings = settings(dialect);
    RecordsVerticle verticle = new RecordsVerticle(settings, accounting(), CLOCK);
    String id = vertx.deployVerticle(verticle).await(20, TimeUnit.SECONDS);
    Bus bus = Bus.of(vertx);
    bus.publish(Address.SCHEDULE_HAPPENED, Ends.freed("a", "gpu-1", 2_000));
    bus.publish(Address.EXCHANGE_ENDED, Ends.plain("a", Ends.NOON));
    bus.publish(Address.EXCHANGE_ENDED, Ends.plain("b", Ends.NOON));
    bus.publish(Address.SCHEDULE_HAPPENED, Ends.freed("b-2", "gpu-2", 500));
    for (int i = 0; i < 250; i++) {
      bus.publish(Address.EXCHANGE_ENDED, Ends.plain("n" + i, Ends.NOON));
    }
    // Answered after all of these, for they are heard in order.
    bus.ask(
            Address.RECORDS_STATUS,
            new com.visiquate.ccproxy.bus.RecordsMessage.RecordsInquiry(),
            Duration.ofSeconds(9))
        .await(10, TimeUnit.SECONDS);
    vertx.undeploy(id).await(20, TimeUnit.SECONDS);
    try (Database database = database(settings)) {
      Map<String, RequestRecord> records = Kept.records(database);
      assertThat(records).hasSize(252);
      assertThat(Objects.requireNonNull(records.get("a")).slots().uses())
          .containsExactly(new SlotUse("gpu-1", 2_000_000));
      assertThat(Objects.requireNonNull(records.get("a")).price()).isEqualTo(new Price(2, 1));
      assertThat(Objects.requireNonNull(records.get("a")).node()).isEqualTo("node-1");
      assertThat(Objects.requireNonNull(records.get("b")).slots().uses())
          .containsExactly(new SlotUse("gpu-2", 500_000));
      assertThat(Kept.sums(database)).isEqualTo(Kept.sums(records.values()));
    }
  }
}
