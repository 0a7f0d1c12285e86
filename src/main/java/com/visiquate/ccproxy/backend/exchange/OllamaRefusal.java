package com.visiquate.ccproxy.backend.exchange;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.ollama.Errors;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** What Ollama says instead of an answer. */
final class OllamaRefusal {
  private static final int LONGEST = 64 * 1024;
  private final ModelSpec model;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status;

  OllamaRefusal(ModelSpec model) {
    this.model = model;
  }

  void status(int code) {
    status = code;
  }

  void read(byte[] bytes) {
    body.write(bytes, 0, Math.min(bytes.length, LONGEST - body.size()));
  }

  Failure failure() {
    return Errors.refused(status, body.toByteArray(), model);
  }

  /** Whether it is in truth the end of an answer that its limit has cut. */
  boolean isCutCall() {
    return status >= 500 && Errors.isCutCall(body.toByteArray());
  }

  /**
   * What it says of the server, where its status has not said that already: an error of the request
   * says nothing, whatever its status.
   */
  List<RunEffect> verdict() {
    if (status < 500) {
      return List.of();
    }
    return Verdict.blames(failure())
        ? List.of(new RunEffect.Unwell("answered " + status))
        : List.of(new RunEffect.Well());
  }
}
