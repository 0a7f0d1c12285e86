package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.bus.OperatorMessage.Totals;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Price;
import com.visiquate.ccproxy.fleet.PriceBook;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.fleet.Withheld;
import com.visiquate.ccproxy.http.view.FleetView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the list of models for those who choose. */
final class ModelList {
  private final FleetView fleet;
  private final QueueReport report;
  private final Totals totals;
  private final Map<BackendId, BackendStatus> statuses;

  ModelList(FleetView fleet, QueueReport report, Totals totals) {
    this.fleet = fleet;
    this.report = report;
    this.totals = totals;
    this.statuses = fleet.statuses();
  }

  /** All that a key may use; null may use all. */
  JsonObject of(@Nullable AccessKey key) {
    List<ModelSpec> models =
        catalogue().models().stream()
            .filter(model -> key == null || key.allows(model.name()))
            .toList();
    Map<ModelName, List<String>> badges =
        Badges.of(
            models.stream().filter(this::chats).map(this::traits).toList(),
            models.stream().filter(this::isNear).map(ModelSpec::name).toList());
    JsonArray list = new JsonArray();
    models.forEach(model -> list.add(one(model, models, badges)));
    return new JsonObject().put("models", list);
  }

  private JsonObject one(
      ModelSpec model, List<ModelSpec> all, Map<ModelName, List<String>> badges) {
    String reason = reason(model);
    QueueReport.Model queue = queue(model).orElse(null);
    return new JsonObject()
        .put("id", model.name().value())
        .put("aliases", new JsonArray(aliases(model)))
        .put("available", reason == null)
        .put("reason", reason)
        .put("alternative", reason == null ? null : alternative(model, all))
        .put("badges", new JsonArray(badges.getOrDefault(model.name(), List.of())))
        .put("context", model.context())
        .put("abilities", new JsonArray(List.copyOf(abilities(model))))
        .put("loaded_on", new JsonArray(loadedOn(model)))
        .put("backends", new JsonArray(model.backends().stream().map(BackendId::value).toList()))
        .put("expected_wait_ms", queue == null ? 0 : queue.next().toMillis())
        .put("waiting", queue == null ? 0 : queue.size())
        .put("cache_hit_share", hitShare(model.name()));
  }

  private List<String> aliases(ModelSpec model) {
    return catalogue().aliases().stream()
        .filter(alias -> !alias.isPattern() && alias.leadsTo(model.name()))
        .map(alias -> alias.pattern())
        .toList();
  }

  /** Why nobody answers for it now; null when somebody does. */
  private @Nullable String reason(ModelSpec model) {
    List<String> why = new ArrayList<>();
    for (BackendId id : model.backends()) {
      String obstacle = obstacle(statuses.get(id));
      if (obstacle.isEmpty()) {
        return null;
      }
      why.add("%s is %s".formatted(id, obstacle));
    }
    return String.join(", ", why);
  }

  private static String obstacle(@Nullable BackendStatus status) {
    Health health = status == null ? Health.UNKNOWN : status.health();
    Withheld withheld = status == null ? null : status.withheld();
    if (withheld != null) {
      return withheld.isDrained() ? "drained" : "held back";
    }
    return switch (health) {
      case UP, SUSPECT, PROBING -> "";
      case DOWN -> Label.of(health);
      case UNKNOWN -> "not checked yet";
    };
  }

  /** Who may answer instead: its fallbacks first, then who can do the same. */
  private @Nullable String alternative(ModelSpec model, List<ModelSpec> all) {
    Stream<ModelSpec> named =
        model.fallbacks().others().stream().flatMap(name -> catalogue().model(name).stream());
    Stream<ModelSpec> alike =
        all.stream().filter(other -> abilities(other).containsAll(abilities(model)));
    return Stream.concat(named.filter(all::contains), alike)
        .filter(other -> !other.name().equals(model.name()) && reason(other) == null)
        .map(other -> other.name().value())
        .findFirst()
        .orElse(null);
  }

  private SortedSet<String> abilities(ModelSpec model) {
    SortedSet<String> abilities = new TreeSet<>();
    installed(model).forEach(one -> abilities.addAll(one.capabilities()));
    return abilities;
  }

  private boolean chats(ModelSpec model) {
    return installed(model).noneMatch(InstalledModel::onlyEmbeds);
  }

  private Stream<InstalledModel> installed(ModelSpec model) {
    return model.backends().stream()
        .flatMap(id -> Optional.ofNullable(statuses.get(id)).stream())
        .flatMap(status -> status.installed().stream())
        .filter(one -> model.isCalled(one.ollama()));
  }

  private List<String> loadedOn(ModelSpec model) {
    return model.backends().stream()
        .flatMap(id -> Optional.ofNullable(statuses.get(id)).stream())
        .filter(status -> model.isAmong(status.loadedNames()))
        .map(status -> status.id().value())
        .toList();
  }

  private Badges.Traits traits(ModelSpec model) {
    double speed = queue(model).map(QueueReport.Model::speed).orElse(0.0);
    double parameters =
        installed(model).mapToDouble(one -> ParameterSize.billions(one.card())).max().orElse(0);
    return new Badges.Traits(model.name(), speed, parameters, price(model.name()));
  }

  private boolean isNear(ModelSpec model) {
    return model.backends().stream()
        .flatMap(id -> fleet.plan().backend(id).stream())
        .allMatch(backend -> NearHosts.isNear(backend.url().getHost()));
  }

  private double price(ModelName model) {
    PriceBook prices = fleet.plan().accounting().prices();
    if (!prices.models().containsKey(model)) {
      return -1;
    }
    Price.Tokens tokens = prices.of(model).tokens();
    return tokens.input() + tokens.output();
  }

  private @Nullable Double hitShare(ModelName model) {
    long prompts = totals.prompts().getOrDefault(model, 0L);
    long cached = totals.cached().getOrDefault(model, 0L);
    return prompts == 0 ? null : Math.round(1_000.0 * cached / prompts) / 1_000.0;
  }

  private Optional<QueueReport.Model> queue(ModelSpec model) {
    return report.models().stream().filter(one -> one.name().equals(model.name())).findFirst();
  }

  private Catalogue catalogue() {
    return fleet.plan().catalogue();
  }
}
