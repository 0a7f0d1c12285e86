package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.fleet.AccessKey;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request and the connection that it came on.
 *
 * @param key the key that it came in with; null when none is needed
 * @param model the model that its path names; null when the body does
 */
public record Visit(
    HttpServerRequest request,
    Connections.Activity activity,
    @Nullable AccessKey key,
    @Nullable String model) {
  public Visit(HttpServerRequest request, Connections.Activity activity, @Nullable AccessKey key) {
    this(request, activity, key, null);
  }

  public Visit of(String named) {
    return new Visit(request, activity, key, named);
  }
}
