package com.visiquate.ccproxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeterTableTest {
  private static final Path DOCUMENT = Path.of("docs", "metrics.md");

  @Test
  void isTheTableInTheDocumentation() throws IOException {
    List<String> documented =
        Files.readAllLines(DOCUMENT).stream()
            .filter(line -> line.startsWith("| `ccproxy_"))
            .toList();
    List<String> rows = Arrays.stream(MeterTable.values()).map(MeterTable::documentation).toList();
    assertThat(documented).containsExactlyElementsOf(rows);
  }

  @Test
  void hasEachNameOnce() {
    assertThat(Arrays.stream(MeterTable.values()).map(MeterTable::exposed)).doesNotHaveDuplicates();
  }
}
