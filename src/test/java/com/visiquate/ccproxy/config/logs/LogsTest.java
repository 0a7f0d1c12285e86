package com.visiquate.ccproxy.config.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.config.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  void rotatesBySize() throws IOException {
    LogSettings small = new LogSettings("INFO", "text", file().toString(), 2_000, 3, 1 << 20, true);
    Logs logs = Logs.start(small);
    for (int i = 0; i < 100; i++) {
      OWN.info("a line of no interest, number {}", i);
    }
    logs.stop();

    try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
      assertThat(files).hasSizeGreaterThan(2);
    }
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

  private Path file() {
    return folder.resolve("logs").resolve("app.log");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file());
  }
}
