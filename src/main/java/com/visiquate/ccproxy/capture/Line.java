package com.visiquate.ccproxy.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.bus.CaptureMessage.Turn;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One conversation as it is kept, so far.
 *
 * @param conversation a mark of its id
 * @param ended {@code completed}, or {@code length} when the answer was cut
 * @param training in OpenAI's form
 */
record Line(
    String conversation,
    String alias,
    @Nullable String key,
    @Nullable String model,
    Instant at,
    String ended,
    JsonNode training) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Line of(Turn turn, Blanker blanker) {
    String id = turn.asked().conversation().id();
    ModelName model = turn.model();
    return new Line(
        Digests.of(id == null ? turn.exchange().value() : id),
        turn.asked().alias(),
        turn.asked().key(),
        model == null ? null : model.value(),
        turn.asked().arrived(),
        turn.reason() == FinishReason.LENGTH ? "length" : "completed",
        TrainingForm.of(turn.request(), turn.answer(), blanker));
  }

  String json() {
    ObjectNode line = JSON.createObjectNode();
    line.put("conversation", conversation).put("alias", alias).put("key", key).put("model", model);
    line.put("at", at.toString()).put("ended", ended).set("training", training);
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException aTreeIsAlwaysJson) {
      throw new IllegalStateException(aTreeIsAlwaysJson);
    }
  }

  /** Empty for what is none. */
  static Optional<Line> read(String text) {
    try {
      JsonNode line = JSON.readTree(text);
      return Optional.of(
          new Line(
              line.path("conversation").asText(),
              line.path("alias").asText(),
              line.path("key").textValue(),
              line.path("model").textValue(),
              Instant.parse(line.path("at").asText()),
              line.path("ended").asText(),
              line.path("training")));
    } catch (JsonProcessingException | java.time.DateTimeException broken) {
      return Optional.empty();
    }
  }

  /**
   * Marks of what was asked so far, turn by turn: a later turn of the same conversation has all
   * marks of the earlier ones. Instructions do not count, for they may hold the time; nor does the
   * answer, which clients may send back otherwise than they got it.
   */
  List<String> course() {
    List<String> course = new ArrayList<>();
    JsonNode messages = training.path("messages");
    String mark = "";
    for (int i = 0; i < messages.size() - 1; i++) {
      JsonNode message = messages.get(i);
      if (!message.path("role").asText().equals("system")) {
        mark = Digests.of(mark + message);
        course.add(mark);
      }
    }
    return course;
  }
}
