package com.visiquate.ccproxy.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.visiquate.ccproxy.config.ServerSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator is told of real failures to listen. */
final class BindingTest {
  private static final ServerSettings SERVER = ServerSettings.DEFAULT;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void namesATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Throwable cause = refusal(taken.getLocalPort(), "127.0.0.1");

      assertThat(Binding.isTaken(cause)).isTrue();
      assertThat(Binding.problem(cause, SERVER).orElseThrow())
          .startsWith("port 8081 of 127.0.0.1 is taken.")
          .contains("lsof -i :8081", "--port");
    }
  }

  @Test
  void namesAnAddressOfAnotherMachine() {
    Throwable cause = refusal(0, "192.0.2.1");

    assertThat(Binding.isTaken(cause)).isFalse();
    assertThat(Binding.problem(cause, SERVER).orElseThrow()).contains("no address of this machine");
  }

  @Test
  void saysNothingOfOtherProblems() {
    assertThat(Binding.problem(new IOException("disk full"), SERVER)).isEmpty();
    assertThat(Binding.problem(new IOException(), SERVER)).isEmpty();
    assertThat(Binding.problem(new IOException("Permission denied"), SERVER).orElseThrow())
        .contains("1024");
  }

  private Throwable refusal(int port, String host) {
    Throwable failed =
        catchThrowable(
            () ->
                vertx
                    .createNetServer()
                    .connectHandler(socket -> {})
                    .listen(port, host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get());
    assertThat(failed).isInstanceOf(ExecutionException.class);
    return Objects.requireNonNull(failed.getCause());
  }
}
