package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.launch.top.FeedReader;
import com.visiquate.ccproxy.launch.top.TopTerminal;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows in a terminal what a gateway does that runs. */
@Command(
    name = "top",
    description = "Show who runs and who waits at the gateway that runs, until q is pressed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TopCommand implements Callable<Integer> {
  @Mixin private final GatewayQuestion question;

  TopCommand(Surroundings surroundings) {
    this.question = new GatewayQuestion(surroundings);
  }

  @Override
  public Integer call() {
    GatewayAddress gateway = question.gateway();
    try (FeedReader feed = new FeedReader(last -> request(gateway, last), gateway.url())) {
      return TopTerminal.show(feed)
          ? ExitCode.OK
          : question.complain("this is no terminal; see status");
    } catch (IOException broken) {
      return question.complain("the terminal is gone");
    } catch (IllegalArgumentException noAddress) {
      return question.complain(GatewayQuestion.noAddress(gateway));
    }
  }

  private static HttpRequest request(GatewayAddress gateway, String last) {
    HttpRequest.Builder request = gateway.ask("/ccproxy/events");
    return (last.isEmpty() ? request : request.header("Last-Event-ID", last)).build();
  }
}
