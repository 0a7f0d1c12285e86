package com.visiquate.ccproxy.launch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a gateway that runs what would have been with other settings, and prints its answer. */
@Command(
    name = "replay",
    description = "Tell what would have been with other settings; asks the gateway that runs.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ccproxy replay --since 8h --with routing.patience=0.03",
      "  ccproxy replay --with 'backends.*.slots=4'",
      "  ccproxy replay --since 24h --with backends.fast-3.like=fast-1"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "What was asked for in this time up to now: 8h, 30m. Default: 8h.")
  String since = "8h";

  @Option(
      names = "--with",
      paramLabel = "SETTING=VALUE",
      description =
          "A setting that is different: routing.strategy, routing.patience, routing.residency,"
              + " backends.ID.slots, backends.*.slots, backends.ID.host, backends.ID.like for one"
              + " more backend like that one, backends.add for so many more like the first;"
              + " may be given several times.")
  Map<String, String> with = new LinkedHashMap<>();

  @Option(names = "--format", description = "text or json. Default: text.")
  String format = "text";

  @Mixin private final GatewayQuestion question;

  ReplayCommand(Surroundings surroundings) {
    this.question = new GatewayQuestion(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    return question.ask("/ccproxy/replay", this::request, PATIENCE, this::shown);
  }

  private HttpRequest.Builder request(HttpRequest.Builder question) {
    JsonObject settings = new JsonObject();
    with.forEach(settings::put);
    String body = new JsonObject().put("since", since).put("with", settings).encode();
    return question
        .header("Content-Type", "application/json")
        .header("x-ccproxy-console", "1")
        .POST(BodyPublishers.ofString(body));
  }

  private String shown(String answer) {
    return format.equals("json") ? answer : text(new JsonObject(answer));
  }

  private static String text(JsonObject answer) {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            "%,d requests".formatted(answer.getInteger("requests")),
            "MAKESPAN",
            "P50",
            "P95",
            "CACHED"));
    text.append(row("as it was", answer.getJsonObject("recorded")));
    JsonArray replayed = answer.getJsonArray("replayed");
    for (int i = 0; i < replayed.size(); i++) {
      JsonObject one = replayed.getJsonObject(i);
      JsonObject settings = one.getJsonObject("with");
      text.append(row(settings.isEmpty() ? "replayed as it is" : name(settings), one));
    }
    answer.getJsonArray("notes").forEach(note -> text.append(note).append('\n'));
    return text.toString();
  }

  private static String name(JsonObject settings) {
    return settings.stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String row(String name, JsonObject figures) {
    return line(
        name,
        seconds(figures.getDouble("makespan_s")),
        seconds(figures.getDouble("first_token_p50_s")),
        seconds(figures.getDouble("first_token_p95_s")),
        String.format(Locale.ROOT, "%.0f %%", 100 * figures.getDouble("hit_share")));
  }

  private static String line(
      String name, String makespan, String half, String most, String cached) {
    return "%-40s %12s %10s %10s %7s%n".formatted(name, makespan, half, most, cached);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%,.1f s", seconds);
  }
}
