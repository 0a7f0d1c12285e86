package com.visiquate.ccproxy.simulator;

/** Thrown while a request is read or checked; carries what the client gets. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.body(), null, false, false);
    this.refusal = refusal;
  }

  static RefusedException error(int status, String message) {
    return new RefusedException(Refusal.error(status, message));
  }

  Refusal refusal() {
    return refusal;
  }
}
