package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.fleet.Alias;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the start says about the configuration. */
final class Summary {
  private Summary() {}

  /** {@code 3 backends, 2 models, 8 aliases}, and keys when there are any. */
  static String fleet(FleetPlan plan) {
    String fleet =
        String.join(
            ", ",
            count(plan.backends().size(), "backend", "backends"),
            count(plan.catalogue().models().size(), "model", "models"),
            count(plan.catalogue().aliases().size(), "alias", "aliases"));
    return plan.keys().isEmpty() ? fleet : fleet + ", " + count(plan.keys().size(), "key", "keys");
  }

  static String address(Settings settings, int port) {
    String host = settings.server().host();
    return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port);
  }

  /** The demo's welcome, with something to try. */
  static List<String> demo(Settings settings, int port) {
    FleetPlan plan = settings.plan();
    String address = address(settings, port);
    Stream<String> backends = plan.backends().stream().map(Summary::backend);
    Stream<String> models = plan.catalogue().models().stream().map(model -> model(model, plan));
    String request =
        "{\"model\":\"coding\",\"stream\":true,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
    Stream<String> example =
        Stream.of(
            "",
            "Try:",
            "  curl -N %s/v1/chat/completions -H 'content-type: application/json' -d '%s'"
                .formatted(address, request),
            "  curl '%s/ccproxy/usage?by=client&format=text'".formatted(address),
            "",
            "Ctrl-C ends it.");
    return Stream.of(Stream.of(""), backends, models, example).flatMap(lines -> lines).toList();
  }

  private static String backend(BackendSpec backend) {
    return "  backend  %-13s simulated Ollama at %s".formatted(backend.id(), backend.url());
  }

  private static String model(ModelSpec model, FleetPlan plan) {
    String aliases =
        plan.catalogue().aliases().stream()
            .filter(alias -> leadsTo(alias, model.name()))
            .map(Alias::pattern)
            .collect(Collectors.joining(", "));
    return "  model    %-13s also %s".formatted(model.name(), aliases);
  }

  private static boolean leadsTo(Alias alias, ModelName model) {
    return alias.leadsTo(model);
  }

  private static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
