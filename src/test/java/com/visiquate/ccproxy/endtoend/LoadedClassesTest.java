package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is off is not loaded: it takes neither time at the start nor memory. */
@Tag("endtoend")
final class LoadedClassesTest {
  private static final List<String> OPTIONAL =
      List.of(
          "org.sqlite.",
          "org.postgresql.",
          "com.zaxxer.hikari.",
          "org.flywaydb.",
          "io.opentelemetry.",
          "io.vertx.ext.mail.",
          "io.vertx.redis.",
          "org.jline.",
          "com.hazelcast.",
          "io.vertx.spi.cluster.hazelcast.",
          "com.visiquate.ccproxy.cluster.ClusterVerticle ",
          "com.visiquate.ccproxy.wire.Wire ",
          "com.visiquate.ccproxy.records.RecordsVerticle ",
          "com.visiquate.ccproxy.alerts.AlertsVerticle ",
          "com.visiquate.ccproxy.tracing.Spans ",
          "com.visiquate.ccproxy.capture.CaptureVerticle ");

  @TempDir private Path folder;

  @Test
  void nothingOfWhatIsOff() throws Exception {
    assertThat(loaded("")).isEmpty();
  }

  @Test
  void onlyWhatIsOn() throws Exception {
    String stages =
        """
        records: {file: "%s"}
        tracing: {endpoint: "http://127.0.0.1:9"}
        """
            .formatted(folder.resolve("records.db"));
    assertThat(loaded(stages))
        .contains("org.sqlite.", "com.zaxxer.hikari.", "io.opentelemetry.")
        .contains("com.visiquate.ccproxy.records.RecordsVerticle ")
        .doesNotContain("org.postgresql.", "io.vertx.ext.mail.")
        .doesNotContain("com.visiquate.ccproxy.alerts.AlertsVerticle ");
  }

  /** Those of the optional parts of which something was loaded between the start and the end. */
  private Set<String> loaded(String stages) throws IOException, InterruptedException {
    Path config = folder.resolve("ccproxy.yaml");
    Files.writeString(
        config,
        """
        server: {host: 127.0.0.1, port: 0, rehearsal: 0}
        backends: [{id: one, url: "http://127.0.0.1:9"}]
        models: [{name: coder, ollama: coder, context: 4096, backends: [one]}]
        """
            + stages);
    Path classes = folder.resolve("classes");
    String option = "-Xlog:class+load:file=" + classes;
    try (Child child = new Child(List.of(option), "--config", config.toString())) {
      assertThat(child.port()).isPositive();
      child.terminate();
      assertThat(child.exitCode()).isEqualTo(143);
    }
    Set<String> found = new TreeSet<>();
    try (Stream<String> lines = Files.lines(classes)) {
      lines.forEach(line -> OPTIONAL.stream().filter(line::contains).forEach(found::add));
    }
    return found;
  }
}
