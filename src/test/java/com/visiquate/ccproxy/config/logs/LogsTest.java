package com.visiquate.ccproxy.config.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.config.LogSettings;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.net.NetServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Isolated
final class LogsTest {
  private static final Logger OWN = LoggerFactory.getLogger("com.visiquate.ccproxy.Something");
  private static final Logger LIBRARY = LoggerFactory.getLogger("io.library");
  private static final Logger ACCESS = LoggerFactory.getLogger(Logs.ACCESS);
  private static final Logger LIFE_CYCLE = LoggerFactory.getLogger(Logs.LIFE_CYCLE);

  @TempDir Path folder;

  @AfterEach
  void quieten() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new QuietStart().configure(context);
  }

  @Test
  void writesALineWithItsKeyValues() throws IOException {
    Logs logs = start("text", true);

    ACCESS.atInfo().addKeyValue("exchange", "x1").addKeyValue("status", 200).log("POST /v1");
    logs.stop();

    assertThat(lines())
        .singleElement()
        .asString()
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\S+ INFO {2}access - POST /v1 exchange=\"x1\" status=\"200\"");
  }

  @Test
  void hearsNothingOfTheRehearsal() throws Exception {
    Logs logs = start("text", true);

    Thread rehearsing =
        new Thread(new ThreadGroup(Logs.UNHEARD), () -> ACCESS.warn("of nobody"), "any");
    rehearsing.start();
    rehearsing.join();
    ACCESS.info("of a client");
    logs.stop();

    assertThat(lines()).singleElement().asString().endsWith("of a client");
  }

  /** It would be a warning of each such message, at every clean end. */
  @Test
  void doesNotWarnOfWhatComesTooLateForSomebodyWhoEnds() throws Exception {
    Logs logs = start("text", true);
    Vertx vertx = Vertx.vertx();

    Promise<Void> over = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(
            nothing -> {
              MessageConsumer<String> ending =
                  vertx.eventBus().localConsumer("somewhere", message -> {});
              // From elsewhere, so that it is on its way when this turn of the event loop is over.
              CompletableFuture.runAsync(() -> vertx.eventBus().publish("somewhere", "too late"))
                  .join();
              ending.unregister().onComplete(over);
            });
    over.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    logs.stop();

    assertThat(lines()).isEmpty();
  }

  /** Whoever keeps answers there says in one line that it does not. */
  @Test
  void doesNotTellWithAStackWhatARedisSaysThatIsNone() throws Exception {
    Logs logs = start("text", true);
    Vertx vertx = Vertx.vertx();
    NetServer mad =
        vertx
            .createNetServer()
            .connectHandler(socket -> socket.handler(asked -> socket.write("HTTP/1.1 200\r\n")));
    int port = mad.listen(0, "127.0.0.1").await(20, TimeUnit.SECONDS).actualPort();
    Redis redis = Redis.createClient(vertx, "redis://127.0.0.1:" + port);

    assertThatThrownBy(() -> redis.send(Request.cmd(Command.PING)).await(20, TimeUnit.SECONDS))
        .isNotNull();
    vertx.close().await(20, TimeUnit.SECONDS);
    logs.stop();

    // The library asserts something besides, which only tests have switched on.
    assertThat(lines()).noneMatch(line -> line.contains("ERROR Redis"));
  }

  @Test
  void keepsAValueWithLineBreaksOnOneLine() throws IOException {
    Logs logs = start("text", true);

    OWN.atInfo().addKeyValue("alias", "a\r\n2026 ERROR forged").log("one\ntwo");
    logs.stop();

    assertThat(lines()).singleElement().asString().contains("one two").contains("a 2026 ERROR");
  }

  @Test
  void writesJsonWithMembersThatQueriesFind() throws IOException {
    Logs logs = start("json", true);

    OWN.atInfo()
        .addKeyValue("backend", "fast-1")
        .addKeyValue("slots", 2)
        .addKeyValue("up", true)
        .setCause(new IllegalStateException("broken"))
        .log("state {}", "up\n");
    logs.stop();

    JsonNode line = new ObjectMapper().readTree(lines().getFirst());
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("message").asText()).isEqualTo("state up\n");
    assertThat(line.path("backend").asText()).isEqualTo("fast-1");
    assertThat(line.path("slots").isInt()).isTrue();
    assertThat(line.path("up").isBoolean()).isTrue();
    assertThat(line.path("trace").asText()).contains("IllegalStateException: broken");
    assertThat(line.path("time").asText()).endsWith("Z");
  }

  @Test
  void keepsTheLifeCycleInTheFileAsWell() throws IOException {
    Logs logs = start("text", true);

    LIFE_CYCLE.warn("stops");
    logs.stop();

    assertThat(lines()).singleElement().asString().contains("WARN  ccproxy - stops");
  }

  @Test
  void saysNoMoreThanAskedFor() throws IOException {
    Logs logs = start("text", false);

    OWN.debug("too fine");
    LIBRARY.info("a library's business");
    ACCESS.info("switched off");
    logs.level("DEBUG");
    OWN.debug("fine enough");
    LIBRARY.debug("still a library's business");
    logs.stop();

    assertThat(lines()).singleElement().asString().endsWith("fine enough");
  }

  @Test
  void rotatesBySizeIntoCompressedFilesThatLoseNoLine() throws IOException {
    Logs logs = Logs.start(rotating(2_000, 3, 1 << 20));
    for (int i = 0; i < 100; i++) {
      OWN.info("a line of no interest, number {}", i);
    }
    logs.stop();
    // Logback compresses on a thread of its own, which a stop need not wait for.
    await(this::areCompressed);

    List<Path> rotated = rotated();
    assertThat(rotated).hasSizeGreaterThan(2);
    List<String> all = new ArrayList<>(lines());
    for (Path file : rotated) {
      assertThat(file.toString()).matches(".*/app\\.log\\.\\d{4}-\\d\\d-\\d\\d\\.\\d+\\.gz");
      all.addAll(unpacked(file));
    }
    assertThat(all).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void keepsRotatedFilesBelowTheirTotalSize() throws IOException {
    long total = 20_000;
    Logs logs = Logs.start(rotating(10_000, 3, total));
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      OWN.info("what does not compress well: {}", Long.toHexString(random.nextLong()));
    }
    OWN.info("the last line");
    await(() -> isWritten("the last line") && areCompressed());
    logs.stop();
    // What was rotated last is counted at the next rotation or start, on a thread of its own.
    Logs again = Logs.start(rotating(10_000, 3, total));
    await(() -> rotatedBytes() <= total);
    again.stop();

    assertThat(rotated()).isNotEmpty();
    assertThat(rotatedBytes()).isLessThanOrEqualTo(total);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "4, false", "30, false", "400, false", "4000, false"})
  void deletesRotatedFilesThatAreTooOld(int days, boolean kept) throws IOException {
    Path logs = Files.createDirectories(folder.resolve("logs"));
    LocalDate day = LocalDate.now(ZoneId.systemDefault()).minusDays(days);
    Path old = Files.writeString(logs.resolve("app.log.%s.0.gz".formatted(day)), "old");
    Path other = Files.writeString(logs.resolve("other.log.%s.0.gz".formatted(day)), "other");

    Logs.start(rotating(1 << 20, 3, 1 << 20)).stop();

    assertThat(Files.exists(old)).isEqualTo(kept);
    assertThat(other).exists();
  }

  @Test
  void writesAlsoWhenAllRotatedFilesTogetherMayBeSmallerThanOne() throws IOException {
    Logs logs = Logs.start(rotating(1 << 20, 3, 1 << 16));
    OWN.info("still here");
    logs.stop();

    assertThat(lines()).singleElement().asString().contains("still here");
  }

  @Test
  void refusesAFileThatCannotBeWritten() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");
    LogSettings wrong =
        new LogSettings("INFO", "text", notAFolder + "/x/app.log", 1 << 20, 3, 1 << 20, true);

    assertThatThrownBy(() -> Logs.start(wrong)).isInstanceOf(IOException.class);
  }

  private Logs start(String format, boolean access) throws IOException {
    return Logs.start(
        new LogSettings("INFO", format, file().toString(), 1 << 20, 3, 1 << 20, access));
  }

  private LogSettings rotating(long maxSize, int days, long total) {
    return new LogSettings("INFO", "text", file().toString(), maxSize, days, total, true);
  }

  private List<Path> rotated() {
    try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
      return files.filter(each -> !each.equals(file())).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private boolean areCompressed() {
    return rotated().stream().allMatch(file -> file.toString().endsWith(".gz"));
  }

  private boolean isWritten(String end) {
    try {
      return Files.readString(file()).strip().endsWith(end);
    } catch (IOException beingRotated) {
      return false;
    }
  }

  private long rotatedBytes() {
    return rotated().stream().mapToLong(file -> file.toFile().length()).sum();
  }

  /** Until it is so, or half a minute has passed. */
  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static List<String> unpacked(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private Path file() {
    return folder.resolve("logs").resolve("app.log");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file());
  }
}
