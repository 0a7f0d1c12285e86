package com.visiquate.ccproxy.launch;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntConsumer;

/** The real surroundings. */
public final class ThisProcess implements Surroundings {
  private final GatewayStarter gateways;

  public ThisProcess(GatewayStarter gateways) {
    this.gateways = gateways;
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
