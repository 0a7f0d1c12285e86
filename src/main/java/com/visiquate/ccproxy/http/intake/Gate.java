package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.config.ServerSettings;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.view.FleetView;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides who comes in: with keys configured whoever brings one of them, without any whoever calls
 * the gateway by a name that is its own.
 */
public final class Gate {
  /** Exactly these: a path that only begins like one of them may lead anywhere. */
  private static final Set<String> OPEN =
      Set.of(
          "/",
          "/health",
          "/health/liveliness",
          "/health/liveness",
          "/health/readiness",
          "/api/hello");

  private static final String METRICS = "/metrics";
  private final FleetView fleet;
  private final boolean openMetrics;
  private final HostNames names;

  public Gate(FleetView fleet, ServerSettings server) {
    this.fleet = fleet;
    this.openMetrics = server.edge().openMetrics();
    this.names = new HostNames(server.host(), server.edge().hosts());
  }

  /** Why it does not come in; null when it does. */
  public @Nullable Refusal objection(HttpServerRequest request) {
    if (isOpen(request)) {
      return null;
    }
    List<AccessKey> keys = fleet.plan().keys();
    if (keys.isEmpty()) {
      // A page of another site cannot know a key; without keys, the name it calls us by gives it
      // away.
      return names.trust(request) ? null : Refusal.strangeHost();
    }
    if (key(request) != null) {
      return null;
    }
    boolean isMissing = PresentedKeys.of(request::getHeader).isEmpty();
    return isMissing ? Refusal.noKey() : Refusal.wrongKey();
  }

  /** The key that it brings; null when it brings none, or none is needed. */
  public @Nullable AccessKey key(HttpServerRequest request) {
    List<AccessKey> keys = fleet.plan().keys();
    return keys.isEmpty() ? null : PresentedKeys.of(request::getHeader).find(keys);
  }

  private boolean isOpen(HttpServerRequest request) {
    String path = request.path();
    boolean isProbe = path != null && OPEN.contains(path);
    boolean isScrape = openMetrics && METRICS.equals(path);
    return isProbe || isScrape || request.method().equals(HttpMethod.OPTIONS);
  }
}
