package com.visiquate.ccproxy.load;

/** The process that started this one. */
public final class Parent {
  private Parent() {}

  /** Ends this process, and so all that it has started, when its parent is gone. */
  public static void endWithIt() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
  }
}
