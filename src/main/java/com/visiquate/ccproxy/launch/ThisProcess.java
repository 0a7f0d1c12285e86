package com.visiquate.ccproxy.launch;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntConsumer;

/** The real surroundings. */
public final class ThisProcess implements Surroundings {
  private final GatewayStarter gateways;
  private final Class<?> main;

  /**
   * Those in which {@code main} was started.
   *
   * @param main has a main method
   */
  public ThisProcess(GatewayStarter gateways, Class<?> main) {
    this.gateways = gateways;
    this.main = main;
    endWithParent();
  }

  /** A node of a demo does not outlive it, however that ends. */
  private void endWithParent() {
    Long parent = Long.getLong("ccproxy.parent");
    if (parent != null) {
      ProcessHandle.of(parent)
          .map(ProcessHandle::onExit)
          .ifPresent(gone -> gone.thenRun(() -> halt(ExitCode.COULD_NOT_START)));
    }
  }

  @Override
  public String main() {
    return main.getName();
  }

  @Override
  public GatewayStarter gateways() {
    return gateways;
  }

  @Override
  public Map<String, String> environment() {
    return System.getenv();
  }

  @Override
  public Path folder() {
    return Path.of("");
  }

  @Override
  public void onSignal(IntConsumer handler) {
    Signals.hear(handler);
  }

  @Override
  public void exit(int code) {
    System.exit(code);
  }

  @Override
  public void halt(int code) {
    Runtime.getRuntime().halt(code);
  }
}
