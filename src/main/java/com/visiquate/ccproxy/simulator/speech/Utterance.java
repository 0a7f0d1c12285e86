package com.visiquate.ccproxy.simulator.speech;

import java.util.List;

/** What an answer does when it has earned a token. */
public sealed interface Utterance {
  /** A line for the client. */
  record Line(String text, String thinking, List<Call> calls) implements Utterance {}

  /** A finished tool call, as the server numbers it. */
  record Call(String id, int index, String name, String arguments) {}

  /** Tokens without a line. */
  record Silence() implements Utterance {}

  /** Nothing yet: a gate is closed or a pause is not over; the token is not spent. */
  record Waiting() implements Utterance {}

  /** The end, in the words of {@code done_reason}. */
  record End(String reason, int tokens) implements Utterance {}

  /** The end, by a fault of the runner. */
  public record Failure(String error) implements Utterance {}
}
