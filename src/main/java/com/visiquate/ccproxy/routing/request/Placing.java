package com.visiquate.ccproxy.routing.request;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.Placement;
import org.jspecify.annotations.Nullable;

/** Where an exchange was given a slot last, and whether that backend has said that it took it. */
final class Placing {
  private @Nullable Placement last;
  private boolean acknowledged;

  /** On no backend yet, but what it had before counts as its last. */
  Placing(@Nullable Placement before) {
    last = before;
  }

  @Nullable Placement last() {
    return last;
  }

  Placement on(Placement placement) {
    acknowledged = false;
    last = placement;
    return placement;
  }

  void acknowledge() {
    acknowledged = true;
  }

  boolean isOn(BackendId backend) {
    return last != null && last.backend().equals(backend);
  }

  boolean isUnanswered(BackendId backend) {
    return isOn(backend) && !acknowledged;
  }
}
