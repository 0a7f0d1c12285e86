package com.visiquate.ccproxy;

import com.visiquate.ccproxy.launch.CommandLineLaunch;
import com.visiquate.ccproxy.launch.ExitCode;
import com.visiquate.ccproxy.launch.PlainStart;
import com.visiquate.ccproxy.launch.Surroundings;
import com.visiquate.ccproxy.launch.ThisProcess;

/** The command line's entry. */
public final class Main {
  private Main() {}

  /** Returns while the gateway runs; its threads keep the process alive. */
  public static void main(String[] arguments) {
    Surroundings surroundings = new ThisProcess(Gateway.starter(), Main.class);
    int code =
        PlainStart.of(surroundings, arguments)
            .orElseGet(() -> CommandLineLaunch.of(surroundings).execute(arguments));
    if (code != ExitCode.OK) {
      surroundings.exit(code);
    }
  }
}
