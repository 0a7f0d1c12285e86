package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.CacheMessage.CacheStatus;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code /health} says: {@code healthy}, {@code degraded} with the reasons, or {@code
 * unhealthy} with status 503 when no backend at all can take a request.
 */
record HealthBody(int status, String json) {
  /**
   * What it says.
   *
   * @param records how the writing of records goes; empty when none are kept
   * @param cache how the cache does; empty when there is none
   */
  static HealthBody of(
      FleetPlan plan,
      Map<BackendId, BackendStatus> statuses,
      Optional<RecordsStatus> records,
      Optional<CacheStatus> cache,
      Duration uptime) {
    List<String> reasons = reasons(plan, statuses);
    records.flatMap(RecordsHealth::reason).ifPresent(reasons::add);
    cache.flatMap(CacheHealth::reason).ifPresent(reasons::add);
    boolean anyLive = plan.backends().stream().anyMatch(b -> isLive(statuses, b.id()));
    String word = anyLive ? (reasons.isEmpty() ? "healthy" : "degraded") : "unhealthy";
    ByteSink out = new ByteSink().raw("{\"status\":").json(word);
    out.raw(",\"uptime\":").number(uptime.toSeconds()).raw(",\"models\":");
    list(out, plan.catalogue().models().stream().map(model -> model.name().value()).toList());
    if (!reasons.isEmpty()) {
      list(out.raw(",\"reasons\":"), reasons);
    }
    records.ifPresent(status -> RecordsHealth.tell(status, out));
    cache.ifPresent(status -> CacheHealth.tell(status, out));
    endpoints(out, plan, statuses, true);
    endpoints(out, plan, statuses, false);
    return new HealthBody(
        anyLive ? 200 : 503, new String(out.raw("}").take(), StandardCharsets.UTF_8));
  }

  /** LiteLLM's lists, without addresses: one row for each model and backend. */
  private static void endpoints(
      ByteSink out, FleetPlan plan, Map<BackendId, BackendStatus> statuses, boolean live) {
    String word = live ? "healthy" : "unhealthy";
    String separator = ",\"%s_endpoints\":[".formatted(word);
    int count = 0;
    for (ModelSpec model : plan.catalogue().models()) {
      for (BackendId id : model.backends()) {
        if (isLive(statuses, id) == live) {
          out.raw(separator).raw("{\"model\":").json("ollama_chat/" + model.ollama());
          out.raw(",\"model_name\":").json(model.name().value());
          out.raw(",\"backend\":").json(id.value()).raw("}");
          separator = ",";
          count++;
        }
      }
    }
    out.raw(count == 0 ? separator + "]" : "]");
    out.raw(",\"%s_count\":".formatted(word)).number(count);
  }

  private static List<String> reasons(FleetPlan plan, Map<BackendId, BackendStatus> statuses) {
    List<String> reasons = new ArrayList<>();
    for (BackendSpec backend : plan.backends()) {
      Health health = health(statuses, backend.id());
      if (health != Health.UP) {
        reasons.add(
            "backend %s is %s%s".formatted(backend.id(), word(health), why(statuses, backend)));
      }
    }
    for (ModelSpec model : plan.catalogue().models()) {
      if (model.backends().stream().noneMatch(id -> isLive(statuses, id))) {
        reasons.add("model %s has no live backend".formatted(model.name()));
      }
    }
    return reasons;
  }

  /** Why one that answers is not trusted; one that is down says enough by that. */
  private static String why(Map<BackendId, BackendStatus> statuses, BackendSpec backend) {
    BackendStatus status = statuses.get(backend.id());
    if (status == null || !isDoubtful(status.health()) || status.reason().isEmpty()) {
      return "";
    }
    return ": " + status.reason();
  }

  private static boolean isDoubtful(Health health) {
    return health == Health.SUSPECT || health == Health.PROBING;
  }

  private static String word(Health health) {
    return health == Health.UNKNOWN ? "not checked yet" : Label.of(health);
  }

  private static boolean isLive(Map<BackendId, BackendStatus> statuses, BackendId id) {
    return switch (health(statuses, id)) {
      case UP, SUSPECT, PROBING -> true;
      case UNKNOWN, DOWN -> false;
    };
  }

  private static Health health(Map<BackendId, BackendStatus> statuses, BackendId id) {
    BackendStatus status = statuses.get(id);
    return status == null ? Health.UNKNOWN : status.health();
  }

  private static void list(ByteSink out, List<String> words) {
    String separator = "[";
    for (String word : words) {
      out.raw(separator).json(word);
      separator = ",";
    }
    out.raw(words.isEmpty() ? "[]" : "]");
  }
}
