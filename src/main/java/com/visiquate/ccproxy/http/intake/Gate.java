package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.config.ServerSettings;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.view.FleetView;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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

  /** Under it a browser brings a cookie instead of a key. */
  private static final String CONSOLE = "/ccproxy/";

  /**
   * What a browser needs before anybody can show a key in it: files of the jar, the same for all.
   * No segment may begin with a dot or hold a sign that somebody else reads in another way.
   */
  private static final Pattern PAGE =
      Pattern.compile(
          "/ccproxy/?|/ccproxy/session|/ccproxy/models\\.js"
              + "|/ccproxy/console(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

  private final FleetView fleet;
  private final boolean openMetrics;
  private final HostNames names;
  private final Sessions sessions;

  public Gate(FleetView fleet, ServerSettings server, Sessions sessions) {
    this.fleet = fleet;
    this.sessions = sessions;
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
    if (isPage(request) || key(request) != null) {
      return null;
    }
    return missingKey(request);
  }

  /** What is wrong with one that brings no known key. */
  public Refusal missingKey(HttpServerRequest request) {
    boolean isMissing = PresentedKeys.of(request::getHeader).isEmpty();
    return isMissing ? Refusal.noKey() : Refusal.wrongKey();
  }

  /**
   * The key that it brings, or that its browser has shown before; null when there is none, or none
   * is needed.
   */
  public @Nullable AccessKey key(HttpServerRequest request) {
    List<AccessKey> keys = fleet.plan().keys();
    if (keys.isEmpty()) {
      return null;
    }
    AccessKey brought = PresentedKeys.of(request::getHeader).find(keys);
    boolean mayHaveShownIt = brought == null && isConsole(request);
    return mayHaveShownIt ? sessions.key(request, keys) : brought;
  }

  /** Whether anybody needs a key here. */
  public boolean asksForKeys() {
    return !fleet.plan().keys().isEmpty();
  }

  /** Why it may not see what is for operators; null when it may, or when nobody needs a key. */
  public @Nullable Refusal operatorObjection(HttpServerRequest request) {
    AccessKey key = key(request);
    if (key == null) {
      return asksForKeys() ? Refusal.noKey() : null;
    }
    return key.operator() ? null : Refusal.operatorsOnly();
  }

  private static boolean isConsole(HttpServerRequest request) {
    String path = request.path();
    return path != null && path.startsWith(CONSOLE);
  }

  private static boolean isPage(HttpServerRequest request) {
    String path = request.path();
    return path != null && PAGE.matcher(path).matches();
  }

  private boolean isOpen(HttpServerRequest request) {
    String path = request.path();
    boolean isProbe = path != null && OPEN.contains(path);
    boolean isScrape = openMetrics && METRICS.equals(path);
    return isProbe || isScrape || request.method().equals(HttpMethod.OPTIONS);
  }
}
