package com.visiquate.ccproxy.simulator.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** A request for an answer as the simulator understood it: chat or generate. */
public record Ask(
    boolean chat,
    String model,
    boolean stream,
    List<Turn> turns,
    JsonNode tools,
    boolean thinking,
    Options options,
    Switches switches,
    JsonNode body) {

  /** One message. */
  public record Turn(String role, String content, JsonNode toolCalls, List<String> images) {
    public Turn {
      images = List.copyOf(images);
    }
  }

  /** The options that the simulator honours, and the ones that belong to a load. */
  public record Options(int contextLength, int predict, List<String> stop, LoadOptions load) {}

  /** Requests whose load options differ need a reload between them. */
  public record LoadOptions(String signature, boolean shift) {}

  /** What else changes the answer. */
  public record Switches(
      boolean truncate, boolean logprobs, int topLogprobs, boolean raw, String format) {}

  public Ask {
    turns = List.copyOf(turns);
  }

  public Optional<Turn> lastTurn() {
    return turns.isEmpty() ? Optional.empty() : Optional.of(turns.getLast());
  }

  public Optional<Turn> lastUserTurn() {
    return turns.reversed().stream().filter(turn -> turn.role().equals("user")).findFirst();
  }

  public boolean empty() {
    return turns.isEmpty();
  }
}
