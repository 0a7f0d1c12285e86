package com.visiquate.ccproxy.simulator.wire;

/** Thrown while a request is read or checked; carries what the client gets. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Refusal refusal;

  public RefusedException(Refusal refusal) {
    super(refusal.body(), null, false, false);
    this.refusal = refusal;
  }

  public static RefusedException error(int status, String message) {
    return new RefusedException(Refusal.error(status, message));
  }

  public Refusal refusal() {
    return refusal;
  }
}
