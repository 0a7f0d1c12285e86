package com.visiquate.ccproxy.simulator.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Writes the answers that nobody scripted, the same for the same seed and question.
 *
 * <p>A tool is called when tools are offered and the last message is a user's that contains the
 * name of one of them (that one), or the word "tool" (the first). A {@link Wish} goes first.
 */
public final class Author {
  private static final List<String> THOUGHTS =
      List.of(
          "The question is short, so a short answer will do. ",
          "I should say plainly that nobody is computing anything here. ",
          "A simulated answer still deserves whole sentences. ");
  private static final List<String> SENTENCES =
      List.of(
          "Every word of it left on a timer, at the pace that a real machine would have. ",
          "Behind this text there is no model, only a patient clock and a seed. ",
          "The queue, the slots and the caches around it behave like the real ones. ",
          "If you ask again, the prompt comes from the cache and the answer starts sooner. ",
          "Ask something else, and you pay for the new part of the prompt only. ",
          "Leave in the middle, and the slot goes to the next one in line. ",
          "You may watch the counters meanwhile; they tell the truth about all of this. ");

  private final long seed;

  public Author(long seed) {
    this.seed = seed;
  }

  public Script answer(Ask ask, boolean thinks) {
    Random random = random(ask);
    Wish wish = Wish.of(ask);
    if (wish.tokens() > 0) {
      return wish.script(calls(ask.tools(), wish.tool()), random);
    }
    List<Step> steps = new ArrayList<>();
    if (thinks && ask.thinking()) {
      words(THOUGHTS.get(random.nextInt(THOUGHTS.size())))
          .forEach(word -> steps.add(new Step.Thinking(word)));
    }
    Optional<JsonNode> tool = wanted(ask);
    if (tool.isPresent() && ask.switches().format().isEmpty()) {
      steps.add(call(tool.get()));
    } else {
      words(text(ask, tool, random)).forEach(word -> steps.add(new Step.Text(word)));
    }
    return Script.of(steps.toArray(Step[]::new));
  }

  private Random random(Ask ask) {
    long question = ask.lastTurn().map(turn -> (long) turn.content().hashCode()).orElse(0L);
    return new Random(seed * 31 + question);
  }

  /** A format binds every token: a call, too, can only be written as it says. */
  private static String text(Ask ask, Optional<JsonNode> tool, Random random) {
    if (!ask.switches().format().isEmpty()) {
      String name = tool.map(wanted -> wanted.path("function").path("name").asText()).orElse("");
      return SchemaSample.of(SchemaSample.choice(ask.body().path("format"), name), "simulated");
    }
    StringBuilder text = new StringBuilder("This is a simulated answer from ");
    text.append(ask.model()).append(". ");
    int sentences = 3 + random.nextInt(3);
    int first = random.nextInt(SENTENCES.size());
    for (int i = 0; i < sentences; i++) {
      text.append(SENTENCES.get((first + i) % SENTENCES.size()));
    }
    return text.toString().stripTrailing();
  }

  /** The call of the offered tool of this name, with as many tokens as it is read back with. */
  private static List<Step.ToolCall> calls(JsonNode tools, String name) {
    List<Step.ToolCall> calls = new ArrayList<>();
    for (JsonNode tool : tools) {
      if (tool.path("function").path("name").asText().equals(name)) {
        Step.ToolCall call = call(tool);
        int characters = call.name().length() + call.arguments().length();
        calls.add(new Step.ToolCall(call.name(), call.arguments(), (characters + 3) / 4));
      }
    }
    return calls;
  }

  private static Step.ToolCall call(JsonNode tool) {
    JsonNode function = tool.path("function");
    String arguments = SchemaSample.of(function.path("parameters"), "simulated");
    return new Step.ToolCall(function.path("name").asText(), arguments);
  }

  private static Optional<JsonNode> wanted(Ask ask) {
    Optional<String> question =
        ask.lastTurn().filter(turn -> turn.role().equals("user")).map(Ask.Turn::content);
    return question.isEmpty() ? Optional.empty() : wanted(ask.tools(), question.get());
  }

  private static Optional<JsonNode> wanted(JsonNode tools, String question) {
    for (JsonNode tool : tools) {
      String name = tool.path("function").path("name").asText();
      if (!name.isEmpty() && question.contains(name)) {
        return Optional.of(tool);
      }
    }
    boolean asked = question.contains("tool") && !tools.isEmpty();
    return asked ? Optional.of(tools.get(0)) : Optional.empty();
  }

  /** Words as a model speaks them, the space in front. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) == ' ' && text.charAt(i - 1) != ' ') {
        words.add(text.substring(from, i));
        from = i;
      }
    }
    words.add(text.substring(from));
    return words;
  }
}
