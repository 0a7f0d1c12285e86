package com.visiquate.ccproxy.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.config.RecordsSettings;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.Pricing;
import com.visiquate.ccproxy.records.account.SlotAccounts;
import com.visiquate.ccproxy.records.journal.Journal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL that is killed, or stopped, while records are written into it. */
@Tag("database")
final class LostDatabaseTest {
  private static final int RECORDS = 12_000;

  @TempDir private Path folder;

  private final Map<String, RequestRecord> written = new HashMap<>();

  @Test
  void everyRecordIsThereOnceAfterAKillAndAfterAStop() throws Exception {
    EmbeddedPostgres first = start(0);
    int port = first.getPort();
    RecordsSettings settings =
        RecordsSettings.OFF.at("postgresql://postgres@localhost:" + port + "/postgres");
    try (Journal journal = Journal.open(folder.resolve("spool"), 1 << 26);
        Opening opening = new Opening(settings)) {
      Writer writer = new Writer(journal, opening, InstantSource.fixed(Ends.NOON));
      fill(journal, 0);
      loseWhileWriting(writer, () -> kill(folder.resolve("data")));
      first.close();
      assertThat(writer.state().awaySince()).isEqualTo(Ends.NOON);
      assertThat(writer.state().lastError()).isNotEmpty();
      EmbeddedPostgres second = start(port);
      drain(writer);
      assertThat(writer.state().awaySince()).isNull();
      fill(journal, RECORDS);
      loseWhileWriting(writer, second::close);
      try (EmbeddedPostgres third = start(port)) {
        drain(writer);
        Map<String, RequestRecord> kept = Kept.records(opening.open());
        assertThat(kept.equals(written)).isTrue();
        assertThat(Kept.sums(opening.open())).isEqualTo(Kept.sums(written.values()));
        assertThat(third.getPort()).isEqualTo(port);
      }
    }
  }

  /** Something that takes the database away. */
  private interface Loss {
    void happen() throws Exception;
  }

  private static void loseWhileWriting(Writer writer, Loss loss) {
    CountDownLatch begun = new CountDownLatch(2);
    CompletableFuture<Void> lost =
        CompletableFuture.runAsync(
            () -> {
              try {
                begun.await();
                loss.happen();
              } catch (Exception failed) {
                throw new AssertionError(failed);
              }
            });
    Writer.Step step = writer.step();
    while (step == Writer.Step.WROTE) {
      begun.countDown();
      step = writer.step();
    }
    lost.join();
    // Perhaps all had been written before.
    if (step == Writer.Step.IDLE) {
      assertThat(writer.step()).isIn(Writer.Step.IDLE, Writer.Step.AWAY);
    }
  }

  private static void drain(Writer writer) {
    Writer.Step step = writer.step();
    while (step != Writer.Step.IDLE) {
      step = writer.step();
    }
  }

  private void fill(Journal journal, int from) throws IOException {
    SlotAccounts accounts = new SlotAccounts("n", Pricing.NONE);
    Random random = new Random(from);
    for (int i = from; i < from + RECORDS; i++) {
      accounts.happened(Ends.freed("r" + i, "gpu-1", 1 + random.nextInt(100)), Ends.NOON);
      Entry entry =
          accounts.ended(Ends.random("r" + i, Ends.NOON, random), Ends.NOON).orElseThrow();
      written.put(entry.now().id(), entry.now());
      journal.append(List.of(entry));
    }
  }

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .setPort(port == 0 ? freePort() : port)
        .start();
  }

  private static int freePort() throws IOException {
    try (var socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Its workers end by themselves once they notice. */
  private static void kill(Path data) throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> workers = server.descendants().toList();
    server.destroyForcibly();
    server.onExit().join();
    workers.forEach(worker -> worker.onExit().join());
  }
}
