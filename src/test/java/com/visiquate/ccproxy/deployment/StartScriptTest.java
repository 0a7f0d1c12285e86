package com.visiquate.ccproxy.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** launchd/ccproxy with JDKs that only say how they were called. */
@Tag("deployment")
final class StartScriptTest {
  private static final String UNSAFE = "<--sun-misc-unsafe-memory-access=allow>";
  private static final String JDKS = "Library/Java/JavaVirtualMachines";
  private static final String SAYS = "#!/bin/sh\necho JDK %s\nprintf '<%%s>\\n' \"$@\"\nenv\n";

  @TempDir Path folder;
  private @Nullable Sandbox sandbox;
  private Path release = Path.of("");

  @BeforeEach
  void open() throws IOException {
    sandbox = new Sandbox(folder).with("JAVA_HOME", null);
    release = Files.createDirectories(folder.resolve("release"));
    for (String file : new String[] {"ccproxy", "java.sh"}) {
      Files.copy(Sandbox.SCRIPTS.resolve(file), release.resolve(file));
    }
    Files.writeString(release.resolve("ccproxy.jar"), "");
  }

  @AfterEach
  void close() throws IOException {
    mac().close();
  }

  @Test
  void takesTheNewestJdkThatItFinds() throws Exception {
    jdk(JDKS + "/old.jdk/Contents/Home", "98.0.2");
    jdk(JDKS + "/new.jdk/Contents/Home", "99.0.1");
    jdk(".sdkman/candidates/java/older", "21.0.4");

    Said said = start("--config", "a file.yaml");

    assertThat(said.text())
        .contains("JDK 99.0.1", "<-Xmx512m>", "<-XX:+UseParallelGC>", UNSAFE)
        .contains("<-jar>\n<" + real(release.resolve("ccproxy.jar")) + ">\n")
        .contains("<--config>\n<a file.yaml>\n");
  }

  @Test
  void takesTheJdkThatIsNamed() throws Exception {
    jdk(JDKS + "/new.jdk/Contents/Home", "99.0.1");
    Path named = jdk("elsewhere", "21.0.4");

    mac().with("CCPROXY_JAVA_HOME", named.toString());

    assertThat(start().text()).contains("JDK 21.0.4").doesNotContain(UNSAFE);
  }

  @Test
  void prefersTheJdkThatTheInstallationHasNoted() throws Exception {
    jdk(JDKS + "/new.jdk/Contents/Home", "99.0.1");
    Path noted = jdk("noted", "25.0.3");
    Files.writeString(release.resolve("java-home"), noted + "\n");

    assertThat(start().text()).contains("JDK 25.0.3");

    Files.delete(noted.resolve("bin").resolve("java"));

    assertThat(start().text()).contains("JDK 99.0.1");
  }

  @Test
  void refusesAJdkThatIsTooOld() throws Exception {
    mac().with("CCPROXY_JAVA_HOME", jdk("elsewhere", "17.0.15").toString());

    Said said = start();

    assertThat(said.text()).contains("which is no JDK of 21 or newer");
    assertThat(said.code()).isEqualTo(3);
  }

  @Test
  void tellsHowToGetAJarThatIsMissing() throws Exception {
    Files.delete(release.resolve("ccproxy.jar"));

    assertThat(start().text()).contains("build it with `mvn package`");
  }

  @Test
  void usesTheRecordingOfTheSameJdk() throws Exception {
    jdk(JDKS + "/new.jdk/Contents/Home", "99.0.1");
    Path recording = Files.writeString(release.resolve("start-99.0.1.aot"), "");
    Files.writeString(release.resolve("start-98.0.0.aot"), "");

    assertThat(start("--check").text()).contains("<-XX:AOTCache=" + real(recording) + ">");
  }

  @Test
  void writesAnArchiveOnlyWhenItReallyStarts() throws Exception {
    jdk(JDKS + "/new.jdk/Contents/Home", "99.0.1");
    String archive = "<-XX:SharedArchiveFile=" + real(release) + "/start-99.0.1.jsa>";

    assertThat(start().text()).contains("<-XX:+AutoCreateSharedArchive>", archive);
    assertThat(start("--check").text()).doesNotContain("AutoCreateSharedArchive", ".jsa");
  }

  @Test
  void takesItsSettingsFromTheEnvironmentFileWithoutRunningIt() throws Exception {
    jdk(JDKS + "/new.jdk/Contents/Home", "99.0.1");
    Path home = Files.createDirectories(mac().installed());
    Files.writeString(
        home.resolve("environment"),
        "# heap\nCCPROXY_HEAP=256m\n\nKEY=$(touch oops) 'a' = b\nnonsense\nCCPROXY_SERVER_PORT=1");

    Said said = mac().with("CCPROXY_HOME", home.toString()).run(release.resolve("ccproxy"));

    assertThat(said.text())
        .contains("<-Xmx256m>", "\nKEY=$(touch oops) 'a' = b\n", "\nCCPROXY_SERVER_PORT=1\n")
        .contains("not NAME=VALUE")
        .doesNotContain("CCPROXY_HOME", "CCPROXY_HEAP");
    assertThat(folder.resolve("oops")).doesNotExist();
  }

  @Test
  void shortensWhatTheSupervisorAppendsForEver() throws Exception {
    jdk(JDKS + "/new.jdk/Contents/Home", "99.0.1");
    Path logs = Files.createDirectories(mac().installed().resolve("logs"));
    String lines = "a line\n".repeat(2_000_000);
    Path large = Files.writeString(logs.resolve("stdout.log"), lines);
    Path small = Files.writeString(logs.resolve("stderr.log"), "a line\n");

    mac().with("CCPROXY_HOME", mac().installed().toString()).run(release.resolve("ccproxy"));

    assertThat(large).isEmptyFile();
    assertThat(small).hasContent("a line\n");
    try (GZIPInputStream kept =
        new GZIPInputStream(Files.newInputStream(logs.resolve("stdout.log.1.gz")))) {
      assertThat(kept.readAllBytes()).hasSize(lines.length());
    }
  }

  @Test
  void recordsARealStart() throws Exception {
    mac().with("JAVA_HOME", System.getProperty("java.home"));
    Program.write(release.resolve("ccproxy.jar"), "recorded");
    Files.copy(Sandbox.SCRIPTS.resolve("record.sh"), release.resolve("record.sh"));

    Said said = mac().run(release.resolve("record.sh"), "20");

    assertThat(said.text()).startsWith("recorded ");
    assertThat(said.code()).isZero();
    Path recording = Path.of(said.text().strip().substring("recorded ".length()));
    assertThat(recording).isNotEmptyFile();
    assertThat(start("--version").text()).startsWith("ccproxy ");
  }

  @Test
  void tellsWhyNothingWasRecorded() throws Exception {
    mac().with("CCPROXY_JAVA_HOME", jdk("elsewhere", "99.0.1").toString());
    Path script = Sandbox.SCRIPTS.resolve("record.sh");
    Path copy = release.resolve("record.sh");
    Files.copy(script, copy, StandardCopyOption.REPLACE_EXISTING);

    Said said = mac().run(copy);

    assertThat(said.text()).contains("it did not start:", "JDK 99.0.1");
    assertThat(said.code()).isEqualTo(1);
  }

  private Said start(String... arguments) throws Exception {
    return mac().run(release.resolve("ccproxy"), arguments);
  }

  /** A JDK in the home, as far as scripts look at one. */
  private Path jdk(String place, String version) throws IOException {
    Path home = mac().home().resolve(place);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"somebody\"\nJAVA_VERSION=\"%s\"\nMODULES=\"a=b\"\n".formatted(version));
    Path java = Files.writeString(home.resolve("bin").resolve("java"), SAYS.formatted(version));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  private static String real(Path path) throws IOException {
    return path.toRealPath().toString();
  }

  private Sandbox mac() {
    return Objects.requireNonNull(sandbox);
  }
}
