package com.visiquate.ccproxy.config.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.ConfigFile;
import com.visiquate.ccproxy.config.ConfigListener;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.config.LogLines;
import com.visiquate.ccproxy.config.LogSettings;
import com.visiquate.ccproxy.config.Problem;
import com.visiquate.ccproxy.config.ServerSettings;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.config.Texts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
final class ConfigWatchTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration QUICKLY = Duration.ofMillis(20);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Heard heard = new Heard();
  private final LogLines log = LogLines.of("ccproxy");
  private ConfigFile file = new ConfigFile(Path.of("ccproxy.yaml"), Map.of());

  /** What the watch has told. */
  private static final class Heard implements ConfigListener {
    final BlockingQueue<Settings> changes = new LinkedBlockingQueue<>();
    final BlockingQueue<List<Problem>> refusals = new LinkedBlockingQueue<>();

    @Override
    public void changed(Settings settings) {
      changes.add(settings);
    }

    @Override
    public void refused(List<Problem> problems) {
      refusals.add(problems);
    }
  }

  @BeforeEach
  void writeTheFile() throws IOException {
    file = new ConfigFile(folder.resolve("ccproxy.yaml"), Map.of());
    write("");
  }

  @AfterEach
  void close() throws Exception {
    log.close();
    await(vertx.close());
  }

  @Test
  void tellsAChange() throws Exception {
    ConfigWatch watch = watch(NEVER);

    write("queue: {length: 7}\n");
    await(watch.check());

    assertThat(heard.changes.remove().plan().queue().normal().length()).isEqualTo(7);
    assertThat(heard.refusals).isEmpty();
  }

  @Test
  void tellsNothingWhenOnlyACommentHasChanged() throws Exception {
    ConfigWatch watch = watch(NEVER);

    write("# a comment\n");
    await(watch.check());

    assertThat(heard.changes).isEmpty();
  }

  @Test
  void refusesABrokenChangeOnceAndKeepsTheOldOne() throws Exception {
    ConfigWatch watch = watch(NEVER);

    write("queue: {length: many}\nlimits: {total: never}\n");
    await(watch.check());
    await(watch.check());

    assertThat(heard.changes).isEmpty();
    assertThat(heard.refusals).hasSize(1);
    assertThat(log.lines())
        .containsExactly(
            "ERROR " + file.path() + " is refused, its last valid state stays: 2 problems",
            "ERROR " + file.path() + ":3: queue.length: many (expected: a whole number >= 0)",
            "ERROR "
                + file.path()
                + ":4: limits.total: never (expected: a duration such as 250ms, 300s, 5m or 1h)");
  }

  @Test
  void saysWhenABrokenFileIsMended() throws Exception {
    ConfigWatch watch = watch(NEVER);
    write("queue: [\n");
    await(watch.check());

    write("");
    await(watch.check());

    assertThat(heard.changes).isEmpty();
    assertThat(log.lines())
        .last()
        .isEqualTo("INFO " + file.path() + " is valid again; nothing has changed");
  }

  @Test
  void saysOnceThatTheFileIsGoneAndTakesItBack() throws Exception {
    ConfigWatch watch = watch(NEVER);
    Files.delete(file.path());
    await(watch.check());
    await(watch.check());
    assertThat(log.lines())
        .containsExactly("WARN " + file.path() + " is gone; its last configuration stays");

    write("queue: {length: 7}\n");
    await(watch.check());

    assertThat(heard.refusals).isEmpty();
    assertThat(heard.changes).hasSize(1);
  }

  @Test
  void keepsWhatNeedsARestartAndSaysSo() throws Exception {
    ConfigWatch watch = watch(NEVER);

    write("server: {port: 9000, drain: 5s}\nlogging: {level: DEBUG, format: json}\n");
    await(watch.check());

    Settings settings = heard.changes.remove();
    assertThat(settings.server()).isEqualTo(ServerSettings.DEFAULT);
    assertThat(settings.logging()).isEqualTo(LogSettings.DEFAULT.at("DEBUG"));
    assertThat(log.lines())
        .containsExactly(
            "WARN "
                + file.path()
                + ": these changes wait for a restart:"
                + " [server.port, server.drain, logging.format]");
  }

  @Test
  void readsTheSameEnvironmentAgain() throws Exception {
    file = new ConfigFile(file.path(), Map.of("CCPROXY_QUEUE_LENGTH", "5"));
    ConfigWatch watch = watch(NEVER);

    write("queue: {length: 7, wait: 9s}\n");
    await(watch.check());

    assertThat(heard.changes.remove().plan().queue().normal().length()).isEqualTo(5);
  }

  @Test
  void noticesAFileThatIsReplacedByARename() throws Exception {
    watch(QUICKLY);

    Path draft = folder.resolve("draft");
    Files.writeString(draft, Texts.minimal() + "queue: {length: 7}\n");
    Files.move(draft, file.path(), StandardCopyOption.ATOMIC_MOVE);

    assertThat(next(heard.changes).plan().queue().normal().length()).isEqualTo(7);
  }

  @Test
  void noticesEveryBrokenState() throws Exception {
    watch(QUICKLY);

    write("queue: [\n");
    assertThat(next(heard.refusals)).isNotEmpty();
    write("queue: {length: none}\n");
    assertThat(next(heard.refusals)).singleElement().asString().contains("queue.length: none");
  }

  @Test
  void endsTwiceWithoutHarm() throws Exception {
    ConfigWatch watch = watch(QUICKLY);

    await(watch.close());
    await(watch.close());
    write("queue: {length: 7}\n");
    await(watch.check());

    assertThat(heard.changes).isEmpty();
  }

  private ConfigWatch watch(Duration period) throws Exception {
    Settings running = ((Valid) file.read()).settings();
    return await(ConfigWatch.start(vertx, file, running, heard, period));
  }

  private void write(String more) throws IOException {
    Files.writeString(file.path(), Texts.minimal() + more);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    @Nullable T next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return Objects.requireNonNull(next);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
