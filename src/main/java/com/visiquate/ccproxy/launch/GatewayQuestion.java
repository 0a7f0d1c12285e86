package com.visiquate.ccproxy.launch;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What commands share that ask a gateway which runs: which one, and what is said without it. */
final class GatewayQuestion {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

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

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  private final Surroundings surroundings;

  GatewayQuestion(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  GatewayAddress gateway() {
    return GatewayAddress.of(surroundings, url, config);
  }

  /**
   * Asks, and prints what is made of the answer.
   *
   * @param request what is asked beside the path
   * @param patience until the answer is there
   * @return the exit code
   */
  int ask(
      String path,
      UnaryOperator<HttpRequest.Builder> request,
      Duration patience,
      Function<String, String> text)
      throws InterruptedException {
    GatewayAddress gateway = gateway();
    try (HttpClient client = client()) {
      HttpRequest question = request.apply(gateway.ask(path).timeout(patience)).build();
      return answered(gateway, client.send(question, BodyHandlers.ofString()), text);
    } catch (IOException unreachable) {
      complain("no gateway answers at %s; name another with --url.".formatted(gateway.url()));
      return ExitCode.COULD_NOT_START;
    } catch (IllegalArgumentException noAddress) {
      return complain(noAddress(gateway));
    }
  }

  static HttpClient client() {
    return HttpClient.newBuilder().connectTimeout(CONNECT).build();
  }

  static String noAddress(GatewayAddress gateway) {
    return "--url: %s (expected: such as http://127.0.0.1:8081)".formatted(gateway.url());
  }

  void print(String text) {
    PrintWriter out = command().commandLine().getOut();
    out.print(text);
    out.flush();
  }

  /** Says what is wrong with how the command is used. */
  int complain(String why) {
    command().commandLine().getErr().printf("ccproxy: %s%n", why);
    return ExitCode.WRONG_USAGE;
  }

  private int answered(
      GatewayAddress gateway, HttpResponse<String> response, Function<String, String> text) {
    if (response.statusCode() == OK) {
      print(text.apply(response.body()));
      return ExitCode.OK;
    }
    complain(message(response));
    return response.statusCode() == UNAUTHORIZED
        ? complain(
            "%s asks for a key: put it into the variable %s."
                .formatted(gateway.url(), GatewayAddress.KEY))
        : ExitCode.WRONG_USAGE;
  }

  private static String message(HttpResponse<String> response) {
    try {
      JsonObject error = new JsonObject(response.body()).getJsonObject("error");
      String message = error == null ? null : error.getString("message");
      return message == null ? "it answered " + response.statusCode() : message;
    } catch (DecodeException | ClassCastException noError) {
      return "it answered " + response.statusCode();
    }
  }

  private CommandSpec command() {
    if (command == null) {
      throw new IllegalStateException("picocli calls this command");
    }
    return command;
  }
}
