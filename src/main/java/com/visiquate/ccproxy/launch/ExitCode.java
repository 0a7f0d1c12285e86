package com.visiquate.ccproxy.launch;

/** How the process ends. Signals add their number to 128. */
public final class ExitCode {
  public static final int OK = 0;
  static final int INVALID_CONFIGURATION = 1;
  static final int WRONG_USAGE = 2;
  static final int COULD_NOT_START = 3;
  static final int SIGNAL = 128;

  private ExitCode() {}
}
