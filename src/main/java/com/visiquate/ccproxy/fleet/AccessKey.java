package com.visiquate.ccproxy.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that clients may come in with.
 *
 * @param name its name in logs and in the identity of its clients; never secret
 * @param digest SHA-256 of the key itself, 64 hexadecimal digits in lower case
 * @param models those that it may use; empty for all
 * @param priority the class of its requests, whatever they say themselves; null to leave it to them
 * @param operator whether it may see and do what concerns others
 */
public record AccessKey(
    String name,
    String digest,
    List<ModelName> models,
    Quota quota,
    @Nullable Priority priority,
    boolean operator) {
  public AccessKey {
    Expect.that(digest.matches("[0-9a-f]{64}"), "digest", digest.length(), "64 hex digits");
    models = List.copyOf(models);
  }

  /** One of an ordinary client. */
  public AccessKey(
      String name,
      String digest,
      List<ModelName> models,
      Quota quota,
      @Nullable Priority priority) {
    this(name, digest, models, quota, priority, false);
  }

  public boolean allows(ModelName model) {
    return models.isEmpty() || models.contains(model);
  }
}
