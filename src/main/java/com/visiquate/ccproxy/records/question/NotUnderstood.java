package com.visiquate.ccproxy.records.question;

import com.visiquate.ccproxy.chat.Failure;
import java.io.Serial;

/** A question that has no answer, whenever it is asked. */
public final class NotUnderstood extends Exception {
  @Serial private static final long serialVersionUID = 1L;
  private final transient Failure failure;

  NotUnderstood(String message, String param) {
    super(message);
    failure = Failure.invalid(message, param, "invalid_value");
  }

  public Failure failure() {
    return failure;
  }
}
