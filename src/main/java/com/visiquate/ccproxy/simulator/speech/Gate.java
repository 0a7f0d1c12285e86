package com.visiquate.ccproxy.simulator.speech;

import java.util.concurrent.atomic.AtomicBoolean;

/** Holds scripted answers until a test opens it: waiting without a clock. */
public final class Gate {
  private final AtomicBoolean open = new AtomicBoolean();
  private final AtomicBoolean reached = new AtomicBoolean();

  public void open() {
    open.set(true);
  }

  /** Whether an answer has come here, so that its script is chosen and its prompt is read. */
  public boolean isReached() {
    return reached.get();
  }

  /** Whether an answer that has come here must wait. */
  boolean stops() {
    reached.set(true);
    return !open.get();
  }
}
