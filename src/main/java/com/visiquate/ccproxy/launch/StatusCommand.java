package com.visiquate.ccproxy.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.launch.top.StatusPage;
import com.visiquate.ccproxy.launch.top.StatusPage.Grade;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells on one page how a gateway is that runs, and by its exit code to monitors. */
@Command(
    name = "status",
    description = "Tell how the gateway is that runs: one page, and an exit code for monitors.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all backends are up, and no alert fires",
      "1:a backend is not up, or a warning fires",
      "2:no backend takes work, or a critical alert fires",
      "3:no gateway answers, or it does not tell"
    })
final class StatusCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private final GatewayQuestion question;

  StatusCommand(Surroundings surroundings) {
    this.question = new GatewayQuestion(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    StatusPage page = page(question.gateway());
    question.print(page.text());
    return page.grade().code();
  }

  private static StatusPage page(GatewayAddress gateway) throws InterruptedException {
    try (HttpClient client = GatewayQuestion.client()) {
      HttpResponse<String> response =
          client.send(
              gateway.ask("/ccproxy/now").timeout(PATIENCE).build(), BodyHandlers.ofString());
      return response.statusCode() == 200
          ? StatusPage.of(JSON.readTree(response.body()))
          : unknown(
              "it answers %d at %s; an operator's key in %s may help"
                  .formatted(response.statusCode(), gateway.url(), GatewayAddress.KEY));
    } catch (JsonProcessingException other) {
      return unknown("what answers at %s is no ccproxy".formatted(gateway.url()));
    } catch (IOException | IllegalArgumentException unreachable) {
      return unknown("no gateway answers at %s".formatted(gateway.url()));
    }
  }

  private static StatusPage unknown(String why) {
    return new StatusPage(Grade.UNKNOWN, "%s - %s%n".formatted(Grade.UNKNOWN, why));
  }
}
