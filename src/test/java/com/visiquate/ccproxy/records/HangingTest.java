package com.visiquate.ccproxy.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsInquiry;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.config.RecordsSettings;
import com.visiquate.ccproxy.fleet.Accounting;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that accepts connections and says nothing, as one does that hangs. */
@Timeout(60)
final class HangingTest {
  private static final int MORE_THAN_MEMORY_HOLDS = 12_000;
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.of(vertx);
  private final AtomicReference<Instant> now = new AtomicReference<>(Ends.NOON);
  @TempDir Path folder;

  @AfterEach
  void end() throws Exception {
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void keepsNothingFromTheDisk() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      RecordsSettings settings =
          new RecordsSettings(
                  "", "", "n", folder.resolve("s").toString(), 1 << 26, Duration.ZERO, 0, "")
              .at("postgresql://nobody@127.0.0.1:%d/none".formatted(silent.getLocalPort()));
      vertx
          .deployVerticle(new RecordsVerticle(settings, Accounting.NONE, now::get))
          .await(20, TimeUnit.SECONDS);
      // The writer waits for its first word.
      Socket writer = silent.accept();
      for (int i = 0; i < MORE_THAN_MEMORY_HOLDS; i++) {
        bus.publish(Address.EXCHANGE_ENDED, Ends.plain("r" + i, Ends.NOON));
        if (i % 1_000 == 0) {
          status();
        }
      }
      RecordsStatus status = status();
      while (status.journalBytes() < MORE_THAN_MEMORY_HOLDS * 100L) {
        assertThat(status.lost()).isZero();
        status = status();
      }
      assertThat(status.lost()).isZero();
      // It is said long before the connection is given up.
      now.set(Ends.NOON.plusSeconds(11));
      assertThat(status().awaySince()).isEqualTo(Ends.NOON);
      writer.close();
    }
  }

  private RecordsStatus status() throws Exception {
    return bus.ask(Address.RECORDS_STATUS, new RecordsInquiry(), Duration.ofSeconds(5))
        .await(9, TimeUnit.SECONDS);
  }
}
