package com.visiquate.ccproxy.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts promise beyond the plain way, with a program that only looks like ccproxy. */
@Tag("deployment")
final class InstallRulesTest {
  /** Whoever runs these tests may well have an Ollama. */
  private static final String NOBODY_ON_OLLAMAS_PORTS =
      """
      #!/bin/sh
      case "$*" in *127.0.0.1:1143[456]/) exit 7 ;; esac
      PATH=${PATH#*:}
      exec curl "$@"
      """;

  @TempDir Path folder;
  private @Nullable Sandbox sandbox;
  private @Nullable FakeProgram program;
  private Path jar = Path.of("");
  private Path mine = Path.of("");

  @BeforeEach
  void open() throws IOException {
    sandbox = new Sandbox(folder);
    program = new FakeProgram(folder.resolve("jdk"));
    mac().with("JAVA_HOME", program.home().toString());
    jar = mac().file("ccproxy.jar", "one");
    mine = mac().file("mine.yaml", "mine");
  }

  @AfterEach
  void close() throws IOException {
    mac().close();
    Objects.requireNonNull(program).close();
  }

  @Test
  void doesNothingWhenAllIsAsItShouldBe() throws Exception {
    install("--config", mine.toString());
    long pid = mac().pid(Sandbox.SERVICE);

    Said again = install();

    assertThat(again.text()).contains("up to date");
    assertThat(again.code()).isZero();
    assertThat(mac().pid(Sandbox.SERVICE)).isEqualTo(pid);
    assertThat(files("releases")).hasSize(1);
    assertThat(mac().orders()).containsExactly("enable", "bootstrap");
  }

  @Test
  void startsAgainWhatHasBeenStoppedByHand() throws Exception {
    install("--config", mine.toString());
    mac().run(Sandbox.FAKES.resolve("launchctl"), "bootout", "gui/501/" + Sandbox.SERVICE);
    assertThat(mac().run("status.sh").code()).isEqualTo(3);

    assertThat(install().code()).isZero();

    assertThat(mac().run("status.sh").code()).isZero();
  }

  @Test
  void installsTheShippedConfigurationWithALogThatIsRotated() throws Exception {
    assertThat(install().code()).isZero();

    assertThat(mac().installed().resolve("config.yaml"))
        .content()
        .contains("\n  file: logs/ccproxy.log  ", "qwen-fast");
  }

  @Test
  void keepsWhatItInstallsForItsUserAlone() throws Exception {
    Path home = Files.createDirectories(mac().installed());
    Path secrets = Files.writeString(home.resolve("environment"), "A_SECRET=$(touch oops)\n");
    Path loose = Files.writeString(home.resolve("config.yaml"), "as it was");

    Said said = install();

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(modes(secrets)).isEqualTo("rw-------");
    assertThat(modes(loose)).isEqualTo("rw-------");
    assertThat(modes(home.resolve("logs"))).isEqualTo("rwx------");
    assertThat(home.resolve("seen"))
        .content()
        .contains("A_SECRET=$(touch oops)")
        .doesNotContain("CCPROXY_HOME");
  }

  @Test
  void keepsWhatItReplaces() throws Exception {
    Path agent = mac().agents().resolve(Sandbox.SERVICE + ".plist");
    Files.createDirectories(mac().agents());
    Files.writeString(agent, "<plist>of LiteLLM</plist>");
    Files.createDirectories(mac().installed());
    Files.writeString(mac().installed().resolve("config.yaml"), "model_list: []");

    install("--config", mine.toString());

    assertThat(agent).content().contains("/ccproxy/current/ccproxy").doesNotContain("@");
    assertThat(files("backups"))
        .extracting(file -> file.getFileName().toString().replaceAll("\\.[-0-9]+$", ""))
        .containsExactlyInAnyOrder("config.yaml", Sandbox.SERVICE + ".plist");
  }

  @Test
  void keepsThreeReleases() throws Exception {
    for (int i = 0; i < 5; i++) {
      Files.writeString(jar, "release " + i);
      assertThat(install("--config", mine.toString()).code()).isZero();
    }

    assertThat(files("releases")).hasSize(3);
    assertThat(mac().installed().resolve("current").resolve("ccproxy.jar")).hasContent("release 4");
    assertThat(mac().installed().resolve("previous").resolve("ccproxy.jar"))
        .hasContent("release 3");
  }

  @Test
  void goesForwardAgainAfterARollback() throws Exception {
    install("--config", mine.toString());
    Files.writeString(jar, "two");
    install("--config", mac().file("other.yaml", "other").toString());

    Path rollback = mac().installed().resolve("current").resolve("rollback.sh");
    assertThat(mac().run(rollback).code()).isZero();
    assertThat(mac().installed().resolve("config.yaml")).hasContent("mine");
    assertThat(mac().run(rollback).code()).isZero();

    assertThat(mac().installed().resolve("config.yaml")).hasContent("other");
    assertThat(mac().installed().resolve("current").resolve("ccproxy.jar")).hasContent("two");
  }

  @Test
  void refusesARollbackWithNothingToGoBackTo() throws Exception {
    install("--config", mine.toString());

    Said said = mac().run("rollback.sh");

    assertThat(said.text()).contains("there is no release before this one");
    assertThat(said.code()).isEqualTo(1);
  }

  @Test
  void saysWhenTheConfigurationInUseHasBeenBroken() throws Exception {
    install("--config", mine.toString());
    Files.writeString(mac().installed().resolve("config.yaml"), "broken");

    Said status = mac().run("status.sh");

    assertThat(status.text()).contains("is NOT valid; what runs keeps the last valid one");
    assertThat(status.code()).isEqualTo(1);
    Files.writeString(jar, "two");
    assertThat(install().text()).contains("nothing has been changed, what runs goes on");
    assertThat(files("releases")).hasSize(1);
  }

  @Test
  void loadsThreeOllamasAndLeavesThemAlone() throws Exception {
    Path bin = folder.resolve("bin");
    Path ollama = FakeProgram.executable(bin.resolve("ollama"), "#!/bin/sh\nexec sleep 600\n");
    FakeProgram.executable(bin.resolve("curl"), NOBODY_ON_OLLAMAS_PORTS);
    mac().withPrograms(bin);
    install("--config", mine.toString(), "--ollama");
    Path agent = mac().agents().resolve("com.visiquate.ollama-11436.plist");
    long pid = mac().pid("com.visiquate.ollama-11436");
    assertThat(agent).content().contains(ollama.toString()).doesNotContain("@");

    Files.writeString(agent, Files.readString(agent).replace("q8_0", "f16"));
    Files.writeString(jar, "two");
    assertThat(install("--ollama").code()).isZero();

    assertThat(mac().pid("com.visiquate.ollama-11436")).isEqualTo(pid);
    assertThat(agent).content().contains("f16");
    assertThat(mac().run("uninstall.sh", "--ollama").code()).isZero();
    assertThat(mac().agents()).isEmptyDirectory();
  }

  @Test
  void refusesClearlyWhatIsMissing() throws Exception {
    assertThat(install("--ollama").text()).contains("refused: ollama is not found");
    assertThat(install("--config", "/nowhere.yaml").text()).contains("there is no file /nowhere");
    assertThat(mac().run("install.sh", "--jar", "/nowhere.jar").text())
        .contains("there is no /nowhere.jar: build it with");
    assertThat(mac().run("install.sh", "--nonsense").code()).isEqualTo(2);

    mac().with("CCPROXY_JAVA_HOME", "/nowhere");
    assertThat(install().text()).contains("CCPROXY_JAVA_HOME is /nowhere", "needs a JDK");
    mac().with("CCPROXY_HOME", folder + "/a b");
    assertThat(install().text()).contains("a folder with letters, digits");
    mac().with("CCPROXY_HOME", null);
    Files.createDirectories(mac().launchd());
    Files.writeString(mac().launchd().resolve("logged-out"), "");
    assertThat(install().text()).contains("log in at the screen of this Mac");
    mac().with("PATH", "/usr/bin:/bin");
    assertThat(install().text()).containsAnyOf("without sudo", "launchctl is not found");

    assertThat(mac().orders()).isEmpty();
    assertThat(mac().installed()).doesNotExist();
  }

  private Said install(String... more) throws Exception {
    List<String> arguments =
        Stream.concat(Stream.of("--jar", jar.toString(), "--no-recording"), Stream.of(more))
            .toList();
    return mac().run("install.sh", arguments.toArray(String[]::new));
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(mac().installed().resolve(name))) {
      return files.toList();
    }
  }

  private static String modes(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private Sandbox mac() {
    return Objects.requireNonNull(sandbox);
  }
}
