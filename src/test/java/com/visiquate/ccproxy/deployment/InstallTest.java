package com.visiquate.ccproxy.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.model.Profile;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real scripts, with the real program, before a simulated Ollama. */
@Tag("deployment")
final class InstallTest {
  private static final String START = "enable bootstrap";
  private static final String RESTART = "bootout enable bootstrap";

  @TempDir static Path jars;
  private static Path first = Path.of("");
  private static Path second = Path.of("");
  private static final Vertx vertx = Vertx.vertx();
  private static String ollama = "";

  @TempDir Path folder;
  private @Nullable Sandbox sandbox;

  @BeforeAll
  static void build() throws Exception {
    first = Program.write(jars.resolve("first.jar"), "first");
    second = Program.write(jars.resolve("second.jar"), "second");
    ollama = Simulator.start(vertx, Profile.demo()).await(30, TimeUnit.SECONDS).url();
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @BeforeEach
  void open() throws IOException {
    sandbox = new Sandbox(folder);
    Files.createDirectories(mac().installed());
    // Quicker for a short life.
    String quicker = "JDK_JAVA_OPTIONS=-XX:TieredStopAtLevel=1\n";
    Files.writeString(mac().installed().resolve("environment"), quicker);
  }

  @AfterEach
  void end() throws IOException {
    mac().close();
  }

  @Test
  void goesFromInstallationToTheEnd() throws Exception {
    Path mine = mac().file("mine.yaml", yaml("0"));

    Said installed = install(first, "--config", mine.toString());
    assertThat(installed.text()).contains("ccproxy answers at http://127.0.0.1:");
    assertThat(installed.code()).isZero();
    assertThat(orders()).isEqualTo(START);
    long pid = mac().pid(Sandbox.SERVICE);

    Said status = mac().run(current().resolve("status.sh"));
    assertThat(status.text()).contains("is valid", "runs, pid " + pid, "\"status\":\"healthy\"");
    assertThat(status.code()).isZero();

    Said broken = install(second, "--config", write("broken.yaml", "slots: none").toString());
    assertThat(broken.text())
        .contains("backends[0].slots", "nothing has been changed, what runs goes on");
    assertThat(broken.code()).isEqualTo(1);
    assertThat(releases()).hasSize(1);
    assertThat(mac().pid(Sandbox.SERVICE)).isEqualTo(pid);
    assertThat(ProcessHandle.of(pid)).isPresent();
    assertThat(orders()).isEqualTo(START);

    Said upgraded = install(second, "--config", write("other.yaml", "slots: 2").toString());
    assertThat(upgraded.code()).as(upgraded.text()).isZero();
    assertThat(orders()).isEqualTo(START + " " + RESTART);
    assertThat(current().resolve("ccproxy.jar")).hasSameBinaryContentAs(second);
    assertThat(configuration()).contains("slots: 2");
    assertThat(backups()).singleElement().asString().contains("config.yaml.");

    Said back = mac().run(current().resolve("rollback.sh"));
    assertThat(back.text()).contains("rolled back to");
    assertThat(back.code()).isZero();
    assertThat(current().resolve("ccproxy.jar")).hasSameBinaryContentAs(first);
    assertThat(configuration()).isEqualTo(Files.readString(mine));

    Said gone = mac().run(current().resolve("uninstall.sh"));
    assertThat(gone.code()).as(gone.text()).isZero();
    assertThat(orders()).endsWith(" bootout");
    assertThat(mac().agents()).isEmptyDirectory();
    assertThat(mac().installed().resolve("current")).doesNotExist();
    assertThat(mac().installed().resolve("releases")).doesNotExist();
    assertThat(configuration()).isEqualTo(Files.readString(mine));

    assertThat(mac().run("uninstall.sh", "--purge").code()).isZero();
    assertThat(mac().installed()).doesNotExist();
    assertThat(mac().run("uninstall.sh").text()).contains("ccproxy was not installed");
    assertThat(mac().run("status.sh").code()).isEqualTo(4);
  }

  @Test
  void putsBackWhatRanWhenTheNewOneDoesNotAnswer() throws Exception {
    Path mine = mac().file("mine.yaml", yaml("0"));
    install(first, "--config", mine.toString());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Said failed = install(second, "--config", mac().file("taken.yaml", yaml(port)).toString());

      assertThat(failed.text())
          .contains("port " + port + " of 127.0.0.1 is taken", "what ran before runs again");
      assertThat(failed.code()).isEqualTo(1);
    }
    assertThat(configuration()).isEqualTo(Files.readString(mine));
    assertThat(current().resolve("ccproxy.jar")).hasSameBinaryContentAs(first);
    assertThat(releases()).hasSize(1);
    assertThat(mac().run("status.sh").text()).contains("\"status\":\"healthy\"");
  }

  private Sandbox mac() {
    return Objects.requireNonNull(sandbox);
  }

  private Said install(Path jar, String... more) throws Exception {
    List<String> arguments =
        Stream.concat(Stream.of("--jar", jar.toString(), "--no-recording"), Stream.of(more))
            .toList();
    return mac().run("install.sh", arguments.toArray(String[]::new));
  }

  private Path write(String name, String slots) throws IOException {
    return mac().file(name, yaml("0").replace("slots: 1", slots));
  }

  private static String yaml(String port) {
    return """
    server: {host: 127.0.0.1, port: %s}
    backends: [{id: a, url: "%s", slots: 1}]
    models: [{name: m, ollama: "qwen2.5-coder:7b-instruct", context: 4096, backends: [a]}]
    logging: {file: logs/ccproxy.log}
    """
        .formatted(port, ollama);
  }

  private Path current() {
    return mac().installed().resolve("current");
  }

  private String configuration() throws IOException {
    return Files.readString(mac().installed().resolve("config.yaml"));
  }

  private String orders() throws IOException {
    return String.join(" ", mac().orders());
  }

  private List<Path> releases() throws IOException {
    return list(mac().installed().resolve("releases"));
  }

  private List<Path> backups() throws IOException {
    return list(mac().installed().resolve("backups"));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
