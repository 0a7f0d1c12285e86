package com.visiquate.ccproxy.launch;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a gateway that runs what was used, and prints its answer. */
@Command(
    name = "usage",
    description = "Tell what was used, by any column; asks the gateway that runs.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ccproxy usage                               each model, the last 30 days",
      "  ccproxy usage --by client --since 7d",
      "  ccproxy usage --by day,model --since 7d --where outcome=completed",
      "  CCPROXY_KEY=… ccproxy usage --url https://ai.example.com --by key --format csv"
    })
final class UsageCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(35);
  private static final int OK = 200;

  @Option(
      names = "--by",
      paramLabel = "COLUMN",
      defaultValue = "model",
      description =
          "client, key, model, alias, backend, conversation, tool, day, hour, …, or day,COLUMN."
              + " Default: model.")
  String by = "model";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From then on: 7d, 12h, 2026-11-30 or 2026-11-30T10:00:00Z. Default: 30d.")
  @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Up to then. Default: now.")
  @Nullable String until;

  @Option(
      names = "--where",
      paramLabel = "COLUMN=VALUE",
      description = "Only those; may be given several times.")
  Map<String, String> where = new LinkedHashMap<>();

  @Option(names = "--format", description = "text, csv or json. Default: text.")
  String format = "text";

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

  UsageCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    GatewayAddress gateway = GatewayAddress.of(surroundings, url, config);
    String address = gateway.url();
    try {
      return answered(address, ask(gateway));
    } catch (IOException unreachable) {
      err().printf("ccproxy: no gateway answers at %s; name another with --url.%n", address);
      return ExitCode.COULD_NOT_START;
    } catch (IllegalArgumentException noAddress) {
      err().printf("ccproxy: --url: %s (expected: such as http://127.0.0.1:8081)%n", address);
      return ExitCode.WRONG_USAGE;
    }
  }

  private HttpResponse<String> ask(GatewayAddress gateway)
      throws IOException, InterruptedException {
    HttpRequest request = gateway.ask("/ccproxy/usage?" + query()).timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private int answered(String address, HttpResponse<String> response) {
    if (response.statusCode() == OK) {
      out().print(response.body());
      out().flush();
      return ExitCode.OK;
    }
    err().printf("ccproxy: %s%n", message(response));
    if (response.statusCode() == 401) {
      err()
          .printf(
              "ccproxy: %s asks for a key: put it into the variable %s.%n",
              address, GatewayAddress.KEY);
    }
    return ExitCode.WRONG_USAGE;
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

  private String query() {
    Map<String, String> parameters = new LinkedHashMap<>(where);
    parameters.put("by", by);
    parameters.put("format", format);
    if (since != null) {
      parameters.put("from", since);
    }
    if (until != null) {
      parameters.put("to", until);
    }
    return parameters.entrySet().stream()
        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private PrintWriter out() {
    return line().getOut();
  }

  private PrintWriter err() {
    return line().getErr();
  }

  private CommandLine line() {
    if (spec == null) {
      throw new IllegalStateException("picocli calls this command");
    }
    return spec.commandLine();
  }
}
