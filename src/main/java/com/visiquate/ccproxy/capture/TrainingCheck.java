package com.visiquate.ccproxy.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** What OpenAI's check of a training file asks of each conversation. */
final class TrainingCheck {
  private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");
  private final Set<String> open = new HashSet<>();
  private boolean asked;

  private TrainingCheck() {}

  /** What is wrong; empty when nothing is. */
  static String objection(JsonNode training) {
    JsonNode messages = training.path("messages");
    if (messages.isEmpty()) {
      return "it has no messages";
    }
    if (!messages.get(messages.size() - 1).path("role").asText().equals("assistant")) {
      return "its last message is not the model's";
    }
    TrainingCheck check = new TrainingCheck();
    for (JsonNode message : messages) {
      String objection = check.next(message);
      if (!objection.isEmpty()) {
        return objection;
      }
    }
    // Calls of the last message are what is to be learnt; nobody has answered them yet.
    return check.asked ? "" : "nobody asks anything in it";
  }

  private String next(JsonNode message) {
    String role = message.path("role").asText();
    boolean called = !message.path("tool_calls").isEmpty();
    boolean silent = message.path("content").asText().isBlank();
    if (!ROLES.contains(role)) {
      return "it has an unknown role";
    }
    if (role.equals("tool")) {
      boolean answers = open.remove(message.path("tool_call_id").asText());
      return answers ? "" : "a result answers no call";
    }
    if (!open.isEmpty()) {
      return "a call has no result";
    }
    asked |= role.equals("user");
    return silent && !(called && role.equals("assistant")) ? "a message is empty" : calls(message);
  }

  private String calls(JsonNode message) {
    for (JsonNode call : message.path("tool_calls")) {
      if (!call.at("/function/name").asText().matches("[A-Za-z0-9_-]{1,64}")) {
        return "the name of a tool is none";
      }
      if (!open.add(call.path("id").asText())) {
        return "two calls have one id";
      }
    }
    return "";
  }
}
