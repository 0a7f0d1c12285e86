package com.visiquate.ccproxy.config.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.visiquate.ccproxy.config.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Isolated
final class PeerTroubleTest {
  private static final Logger CONNECTIONS =
      LoggerFactory.getLogger("io.vertx.core.net.impl.ConnectionBase");
  private static final Logger CONTEXTS = LoggerFactory.getLogger("io.vertx.core.impl.ContextImpl");

  @TempDir Path folder;
  private Logs logs;

  @BeforeEach
  void start() throws IOException {
    String file = folder.resolve("ccproxy.log").toString();
    logs = Logs.start(new LogSettings("INFO", "text", file, 1 << 20, 3, 1 << 20, true));
  }

  @AfterEach
  void quieten() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new QuietStart().configure(context);
  }

  @Test
  void tellsOnceThatCertificatesDiffer() throws IOException {
    for (int attempt = 0; attempt < 20; attempt++) {
      CONNECTIONS.error("javax.net.ssl.SSLHandshakeException: (certificate_required) fatal");
    }

    assertThat(lines())
        .singleElement()
        .asString()
        .contains("WARN  ccproxy - TLS with a peer has failed (javax.net.ssl.SSLHandshake");
  }

  @Test
  void saysNothingOfPeersThatAreGone() throws IOException {
    CONNECTIONS.error("Connection reset");
    CONTEXTS.error("Unhandled exception", late("io.vertx.core.eventbus.impl.clustered.Outbound"));
    Throwable ending = new RejectedExecutionException("Task rejected");
    CONTEXTS.error("", late(ending, "io.vertx.core.eventbus.impl.clustered.ClusteredEventBus"));

    assertThat(lines()).isEmpty();
  }

  @Test
  void tellsOfBugsAsBefore() throws IOException {
    CONNECTIONS.error("a bug");
    CONTEXTS.error("Unhandled exception", late("com.visiquate.ccproxy.http.HttpVerticle"));
    CONTEXTS.error("Unhandled exception", new IllegalArgumentException("another"));
    Throwable other = new IllegalStateException("a bug of the bus");
    CONTEXTS.error("", late(other, "io.vertx.core.eventbus.impl.clustered.ClusteredEventBus"));

    assertThat(lines()).filteredOn(line -> line.contains(" ERROR ")).hasSize(4);
  }

  private static Throwable late(String where) {
    return late(new IllegalStateException("Promise already completed"), where);
  }

  private static Throwable late(Throwable late, String where) {
    late.setStackTrace(new StackTraceElement[] {new StackTraceElement(where, "connected", "", 1)});
    return late;
  }

  private List<String> lines() throws IOException {
    logs.stop();
    return Files.readAllLines(folder.resolve("ccproxy.log"));
  }
}
