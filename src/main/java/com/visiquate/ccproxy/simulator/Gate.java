package com.visiquate.ccproxy.simulator;

import java.util.concurrent.atomic.AtomicBoolean;

/** Holds scripted answers until a test opens it: waiting without a clock. */
public final class Gate {
  private final AtomicBoolean open = new AtomicBoolean();

  public void open() {
    open.set(true);
  }

  boolean isOpen() {
    return open.get();
  }
}
