package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Where and how the figures were taken, without which they mean nothing. */
public final class Machine {
  private Machine() {}

  static String words(Cores cores, Settings settings, String arguments, List<String> notes)
      throws IOException {
    String facts =
        """
        - `load-tests/overhead.sh%s`, %d round(s) of %d s, medians; ccproxy warmed for %d s
        - %d core(s) of %s; the gateway on core %d alone, the load generator and the fake on core(s) %s; niceness %s
        - JDK %s (%s), %s; Linux %s
        """
            .formatted(
                arguments.isEmpty() ? "" : " " + arguments,
                settings.rounds(),
                settings.time().toSeconds(),
                settings.warmUp().toSeconds(),
                cores.count(),
                processor(),
                cores.gateway(),
                cores.others(),
                niceness(),
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                nginx(settings.nginx()),
                System.getProperty("os.version"));
    return facts + notes.stream().map(note -> "- " + note + "\n").collect(Collectors.joining());
  }

  public static String processor() {
    return Usage.read(Path.of("/proc/cpuinfo"))
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 2))
        .findFirst()
        .orElse("an unnamed processor");
  }

  private static String niceness() {
    String stat = Usage.read(Path.of("/proc/self/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16];
  }

  private static String nginx(String program) throws IOException {
    return version(program).replace("nginx version: ", "");
  }

  /** The first line of what a program says about itself. */
  public static String version(String program) throws IOException {
    Process process = new ProcessBuilder(program, "-v").redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes()).lines().findFirst().orElse("");
  }
}
