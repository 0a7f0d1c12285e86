package com.visiquate.ccproxy.launch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin private final GatewayQuestion question;

  UsageCommand(Surroundings surroundings) {
    this.question = new GatewayQuestion(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    return question.ask("/ccproxy/usage?" + query(), asIs -> asIs, PATIENCE, answer -> answer);
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
}
