package com.visiquate.ccproxy.http.view;

import com.visiquate.ccproxy.dialect.ollama.Listings.Running;
import com.visiquate.ccproxy.dialect.ollama.ServedModel;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The whole fleet, seen as one Ollama; what it says is as true as this ingress's snapshot. */
public final class OneOllama {
  /** What clients accept, for as long as no backend has told its version. */
  private static final String USUAL_VERSION = "0.24.0";

  private final FleetView fleet;

  public OneOllama(FleetView fleet) {
    this.fleet = fleet;
  }

  /** Whether anybody is there to answer. */
  public boolean isRunning() {
    return fleet.statuses().values().stream().anyMatch(OneOllama::isLive);
  }

  /** The oldest one: no client expects more than every backend can do. */
  public String version() {
    return fleet.statuses().values().stream()
        .map(BackendStatus::version)
        .filter(version -> !version.isEmpty())
        .min(Comparator.comparing(OneOllama::parts, Arrays::compare))
        .orElse(USUAL_VERSION);
  }

  /** Every name that a client may use literally. */
  public List<ServedModel> models() {
    return catalogue().names().stream().flatMap(name -> find(name).stream()).toList();
  }

  /** The models that embed texts, by their own names. */
  List<String> embedders() {
    return catalogue().models().stream()
        .map(model -> served(model.name().value(), model))
        .filter(model -> model.installed().capabilities().contains("embedding"))
        .map(ServedModel::name)
        .toList();
  }

  /** What a name leads to. */
  public Optional<ServedModel> find(String name) {
    return catalogue().find(name).map(Catalogue.Match::model).map(model -> served(name, model));
  }

  /** The models in memory anywhere, under their own names, the last to be unloaded first. */
  public List<Running> running() {
    return catalogue().models().stream()
        .flatMap(model -> running(model).stream())
        .sorted(Comparator.comparing((Running one) -> one.loaded().expiresAt()).reversed())
        .toList();
  }

  /** Whether what a name leads to is in memory anywhere. */
  public boolean isLoaded(String name) {
    return catalogue().find(name).filter(match -> running(match.model()).isPresent()).isPresent();
  }

  private Optional<Running> running(ModelSpec model) {
    return on(model)
        .flatMap(status -> status.loaded().stream())
        .filter(loaded -> model.isCalled(loaded.ollama()))
        .max(Comparator.comparing(LoadedModel::expiresAt))
        .map(loaded -> new Running(served(model.name().value(), model), loaded));
  }

  private ServedModel served(String name, ModelSpec model) {
    InstalledModel installed =
        on(model)
            .flatMap(status -> status.installed().stream())
            .filter(one -> model.isCalled(one.ollama()))
            .findFirst()
            .orElse(new InstalledModel(model.ollama(), "", Set.of()));
    return new ServedModel(name, model.context(), installed);
  }

  /** Where it may run, in the order of the configuration. */
  private Stream<BackendStatus> on(ModelSpec model) {
    return model.backends().stream().map(fleet.statuses()::get).filter(Objects::nonNull);
  }

  private Catalogue catalogue() {
    return fleet.plan().catalogue();
  }

  private static boolean isLive(BackendStatus status) {
    return status.health() != Health.UNKNOWN && status.health() != Health.DOWN;
  }

  private static int[] parts(String version) {
    return Stream.of(version.split("\\D+", -1))
        .filter(digits -> !digits.isEmpty() && digits.length() < 9)
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
