package com.visiquate.ccproxy;

import com.visiquate.ccproxy.launch.GatewayStarter;
import com.visiquate.ccproxy.launch.Surroundings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Surroundings that remember how the process would have ended. */
public final class FakeSurroundings implements Surroundings {
  public final Map<String, String> environment = new HashMap<>();
  public final CompletableFuture<Integer> exited = new CompletableFuture<>();
  public final CompletableFuture<Integer> halted = new CompletableFuture<>();
  private final Path folder;
  private IntConsumer handler = number -> {};

  public FakeSurroundings(Path folder) {
    this.folder = folder;
  }

  @Override
  public GatewayStarter gateways() {
    return Gateway.starter();
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public void onSignal(IntConsumer newHandler) {
    handler = newHandler;
  }

  /** As the JVM does: on a thread of its own. */
  public void signal(int number) {
    Thread.ofVirtual().start(() -> handler.accept(number));
  }

  public int exitCode() throws Exception {
    return exited.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void exit(int code) {
    exited.complete(code);
  }

  @Override
  public void halt(int code) {
    halted.complete(code);
  }

  @Override
  public String main() {
    return Main.class.getName();
  }
}
