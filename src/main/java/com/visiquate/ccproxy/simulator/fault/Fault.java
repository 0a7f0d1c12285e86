package com.visiquate.ccproxy.simulator.fault;

import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.wire.Refusal;
import java.time.Duration;

/** A way in which a server misbehaves towards one request. */
public sealed interface Fault {
  /** Takes the request and says nothing until the client leaves. */
  record Hang() implements Fault {}

  /** Answers so many times slower, prompt and words. */
  record Slow(double factor) implements Fault {}

  /** Refuses with this status and body. */
  record Status(int code, String body) implements Fault {
    /** As Ollama words errors. */
    public static Status error(int code, String message) {
      return new Status(code, Refusal.errorBody(message));
    }
  }

  /** After so many good lines, one that is no JSON, and then the rest. */
  record MalformedLine(int after) implements Fault {}

  /** Every byte is a chunk of its own: lines, and letters of more than a byte, are torn. */
  record Torn() implements Fault {}

  /** After so many lines, the connection is reset. */
  record Reset(int after) implements Fault {}

  /** After so many lines, a proper end of the stream without the {@code done} line. */
  record SilentEnd(int after) implements Fault {}

  /** After so many lines, the connection is closed without the last chunk: a killed server. */
  record Truncated(int after) implements Fault {}

  /** After so many lines, an {@code error} line and a proper end: a killed runner. */
  record ErrorLine(int after, String message) implements Fault {
    /** The words of a real one. */
    public static ErrorLine runnerKilled(int after) {
      return new ErrorLine(after, Script.RUNNER_GONE);
    }
  }

  /** {@code /api/ps} takes this long. */
  record SlowPs(Duration time) implements Fault {}

  /** The port and all connections are closed until {@link Simulator#heal()}; models stay. */
  record Refuse() implements Fault {}
}
