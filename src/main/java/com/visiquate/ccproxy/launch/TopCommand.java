package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.launch.top.FeedReader;
import com.visiquate.ccproxy.launch.top.TopTerminal;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows in a terminal what a gateway does that runs. */
@Command(
    name = "top",
    description = "Show who runs and who waits at the gateway that runs, until q is pressed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TopCommand implements Callable<Integer> {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where the gateway is. Default: as the configuration says, on this machine.")
  @Nullable String url;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration that says where. Default: conf/ccproxy.yaml, if it is there.")
  @Nullable Path config;

  @Spec @Nullable CommandSpec spec;

  private final Surroundings surroundings;

  TopCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    GatewayAddress gateway = GatewayAddress.of(surroundings, url, config);
    try (FeedReader feed = new FeedReader(last -> request(gateway, last), gateway.url())) {
      return TopTerminal.show(feed) ? ExitCode.OK : wrong("this is no terminal; see status");
    } catch (IOException broken) {
      return wrong("the terminal is gone");
    } catch (IllegalArgumentException noAddress) {
      return wrong("--url: %s (expected: such as http://127.0.0.1:8081)".formatted(gateway.url()));
    }
  }

  private static HttpRequest request(GatewayAddress gateway, String last) {
    HttpRequest.Builder request = gateway.ask("/ccproxy/events");
    return (last.isEmpty() ? request : request.header("Last-Event-ID", last)).build();
  }

  private int wrong(String why) {
    if (spec != null) {
      spec.commandLine().getErr().println("ccproxy: " + why);
    }
    return ExitCode.WRONG_USAGE;
  }
}
