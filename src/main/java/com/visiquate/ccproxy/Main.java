package com.visiquate.ccproxy;

/** The command line's entry. */
public final class Main {
  private Main() {}

  /** Returns while the gateway runs; its threads keep the process alive. */
  public static void main(String[] arguments) {
    Surroundings surroundings = new ThisProcess();
    int code =
        PlainStart.of(surroundings, arguments)
            .orElseGet(() -> CommandLineLaunch.of(surroundings).execute(arguments));
    if (code != ExitCode.OK) {
      surroundings.exit(code);
    }
  }
}
