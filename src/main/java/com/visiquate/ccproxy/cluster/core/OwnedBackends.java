package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Health;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which backends there are, as a leader knows them: whose each is, and how it is. */
final class OwnedBackends {
  private final Map<BackendId, Owned> byId = new LinkedHashMap<>();
  private final Post post;

  private record Owned(Member owner, long edition, BackendStatus status) {}

  OwnedBackends(Post post) {
    this.post = post;
  }

  /** Whose it is; null while nobody has said so. */
  @Nullable Member owner(BackendId backend) {
    Owned owned = byId.get(backend);
    return owned == null ? null : owned.owner();
  }

  void stands(NodeMessage.Stands stands, Member owner) {
    BackendStatus status = stands.status();
    Owned before = byId.get(status.id());
    boolean same = before != null && before.owner().equals(owner);
    if (before != null && same && before.edition() > stands.edition()) {
      return;
    }
    byId.put(status.id(), new Owned(owner, stands.edition(), status));
    if (before == null || !before.status().equals(status)) {
      post.add(new NodeEffect.Status(status));
    }
  }

  /** Its node speaks of it: what it has said of it before may have been lost. */
  void mentioned(Member owner, NodeMessage.Standing standing) {
    Owned known = byId.get(standing.backend());
    boolean current =
        known != null && known.owner().equals(owner) && known.edition() >= standing.edition();
    if (!current) {
      post.send(owner, new NodeMessage.HowIs(standing.backend()));
    }
  }

  /** Routing has forgotten those that were not in its plan for a moment. */
  void tellAgain() {
    byId.values().forEach(owned -> post.add(new NodeEffect.Status(owned.status())));
  }

  /** Those whose owner does not pass. */
  List<BackendId> without(Predicate<Member> there) {
    return byId.entrySet().stream()
        .filter(entry -> !there.test(entry.getValue().owner()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Its node is not there any more. */
  void gone(BackendId backend) {
    Owned owned = byId.remove(backend);
    if (owned != null) {
      post.add(new NodeEffect.Status(down(owned.status())));
    }
  }

  private static BackendStatus down(BackendStatus last) {
    return new BackendStatus(
        last.id(),
        Health.DOWN,
        last.version(),
        last.slots(),
        0,
        0,
        0,
        List.of(),
        last.installed(),
        "its node is gone");
  }
}
