package com.visiquate.ccproxy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.Gateway;
import com.visiquate.ccproxy.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it leaves to the parser; what it starts itself is seen in processes of their own. */
final class PlainStartTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--demo",
        "--config",
        "--config=conf/ccproxy.yaml",
        "--config conf/ccproxy.yaml --check",
        "--port 1",
        "--config /nowhere.yaml"
      })
  void leavesEverythingElseToTheParser(String line) {
    assertThat(PlainStart.of(new ThisProcess(Gateway.starter(), Main.class), line.split(" ", -1)))
        .isEmpty();
  }

  @Test
  void leavesAnInvalidFileToTheParserWhichTellsWhy() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "server: {prot: 1}\n");

    assertThat(
            PlainStart.of(
                new ThisProcess(Gateway.starter(), Main.class), "--config", file.toString()))
        .isEmpty();
  }
}
