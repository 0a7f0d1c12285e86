package com.visiquate.ccproxy.store;

import java.io.Serial;

/** Why a database cannot be used; its message names the database, never its password. */
public final class DatabaseException extends Exception {
  @Serial private static final long serialVersionUID = 1L;
  private final Kind kind;

  /** What is wrong with it. */
  public enum Kind {
    /** It does not answer, and may later. */
    AWAY,
    /** A newer release has changed its tables. */
    NEWER,
    /** It, or its folder, may not be written. */
    NOT_WRITABLE,
    /** It is not said rightly where it is. */
    NOT_UNDERSTOOD
  }

  DatabaseException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  DatabaseException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether trying again may help. */
  public boolean mayPass() {
    return kind == Kind.AWAY;
  }
}
