package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.Reasoning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads whether and how much a model should think, in the words of OpenAI, OpenRouter, Anthropic,
 * DeepSeek, Qwen, vLLM, llama.cpp and Ollama. Off in any of them is off; else the first level
 * counts, else whether it thinks at all. Nothing of it is refused: what is no word of any of them
 * says nothing.
 */
public final class ThinkingWish {
  private static final List<String> WORDS = List.of("reasoning_effort", "think", "thinking_level");
  private static final List<String> FLAGS =
      List.of(
          "enable_thinking",
          "enable_reasoning",
          "thinking_enabled",
          "reasoning_enabled",
          "use_thinking");
  private static final List<String> CONTRARY =
      List.of("disable_thinking", "disable_reasoning", "no_think");
  private static final List<String> OBJECTS = List.of("reasoning", "thinking", "thinking_config");

  /** Ollama bounds no thinking, so all that counts of these is whether they are zero. */
  private static final List<String> BUDGETS =
      List.of("thinking_budget", "reasoning_budget", "thinking_budget_tokens", "reasoning_tokens");

  private static final List<String> OWN_BUDGETS = List.of("max_tokens", "budget_tokens", "budget");
  private static final List<String> HOLDERS =
      List.of("chat_template_kwargs", "extra_body", "venice_parameters", "google");
  private static final String HIDDEN_BY = "include_reasoning";
  private static final String FORMAT = "reasoning_format";

  /** Members of a body that are read here. */
  public static final Set<String> NAMES = names();

  /** All of these, and what may hold some of them. */
  private static final Set<String> SPEAKING = speaking();

  private ThinkingWish() {}

  private static Set<String> names() {
    Set<String> names = new HashSet<>();
    Stream.of(WORDS, FLAGS, CONTRARY, OBJECTS, BUDGETS).forEach(names::addAll);
    names.addAll(List.of("chat_template_kwargs", "venice_parameters", HIDDEN_BY, FORMAT));
    return Set.copyOf(names);
  }

  private static Set<String> speaking() {
    Set<String> speaking = new HashSet<>(NAMES);
    speaking.addAll(HOLDERS);
    return Set.copyOf(speaking);
  }

  /** Most bodies say nothing of thinking, and then there is nothing to look for. */
  private static boolean isSilent(Field body) {
    Iterator<String> names = body.node().fieldNames();
    while (names.hasNext()) {
      if (SPEAKING.contains(names.next())) {
        return false;
      }
    }
    return true;
  }

  public static Reasoning read(Field body) {
    if (isSilent(body)) {
      return Reasoning.UNSET;
    }
    List<Reasoning> wishes = new ArrayList<>();
    collect(body, wishes);
    if (wishes.contains(Reasoning.OFF)) {
      return Reasoning.OFF;
    }
    Reasoning any = wishes.contains(Reasoning.ON) ? Reasoning.ON : Reasoning.UNSET;
    return wishes.stream()
        .filter(wish -> wish != Reasoning.ON && wish != Reasoning.UNSET)
        .findFirst()
        .orElse(any);
  }

  /** Whether the client does not want to see the thinking. */
  public static boolean isHidden(Field body) {
    Field format = body.at(FORMAT);
    return isTrue(body.at("reasoning").at("exclude"))
        || isFalse(body.at(HIDDEN_BY))
        || isFalse(body.at("thinking_config").at("include_thoughts"))
        || (format.isText() && format.text().equals("hidden"));
  }

  /** Names what of it has no effect. */
  public static void unheard(Field body, Dropped dropped) {
    if (isSilent(body)) {
      return;
    }
    budgets(body, dropped);
    for (String holder : HOLDERS) {
      budgets(body.at(holder), dropped);
    }
    for (String object : OBJECTS) {
      for (String budget : OWN_BUDGETS) {
        budget(body.at(object).at(budget), dropped);
      }
    }
    for (String name : body.at("chat_template_kwargs").names()) {
      dropped.addIf(!NAMES.contains(name), "chat_template_kwargs." + name);
    }
    Field format = body.at(FORMAT);
    dropped.addIf(!format.isAbsent() && !isHidden(body), FORMAT);
  }

  private static void budgets(Field holder, Dropped dropped) {
    for (String budget : BUDGETS) {
      budget(holder.at(budget), dropped);
    }
  }

  private static void budget(Field field, Dropped dropped) {
    if (field.node().isNumber() && field.node().doubleValue() > 0) {
      dropped.add(field.path());
    }
  }

  private static void collect(Field holder, List<Reasoning> wishes) {
    if (!holder.isObject()) {
      return;
    }
    Stream.of(WORDS, FLAGS, BUDGETS)
        .flatMap(List::stream)
        .forEach(name -> wishes.add(scalar(holder.at(name))));
    CONTRARY.forEach(name -> wishes.add(contrary(holder.at(name))));
    OBJECTS.forEach(name -> object(holder.at(name), wishes));
    HOLDERS.forEach(name -> collect(holder.at(name), wishes));
  }

  private static void object(Field field, List<Reasoning> wishes) {
    if (!field.isObject()) {
      wishes.add(scalar(field));
      return;
    }
    wishes.add(scalar(field.at("effort")));
    wishes.add(scalar(field.at("enabled")));
    wishes.add(type(field.at("type")));
    OWN_BUDGETS.forEach(name -> wishes.add(scalar(field.at(name))));
    collect(field, wishes);
  }

  /** Whatever type of thinking it is, it is thinking: "adaptive", and those that are to come. */
  private static Reasoning type(Field type) {
    if (!type.isText()) {
      return Reasoning.UNSET;
    }
    boolean says = !type.text().isBlank();
    boolean off = Effort.isKnown(type.text()) && Effort.of(type.text()) == Reasoning.OFF;
    return off ? Reasoning.OFF : says ? Reasoning.ON : Reasoning.UNSET;
  }

  private static Reasoning scalar(Field field) {
    if (field.isText()) {
      return Effort.of(field.text());
    }
    if (field.node().isNumber()) {
      return field.node().doubleValue() == 0 ? Reasoning.OFF : Reasoning.ON;
    }
    return isTrue(field) ? Reasoning.ON : isFalse(field) ? Reasoning.OFF : Reasoning.UNSET;
  }

  private static Reasoning contrary(Field field) {
    return isTrue(field) ? Reasoning.OFF : isFalse(field) ? Reasoning.ON : Reasoning.UNSET;
  }

  private static boolean isTrue(Field field) {
    return field.node().isBoolean() && field.node().booleanValue();
  }

  private static boolean isFalse(Field field) {
    return field.node().isBoolean() && !field.node().booleanValue();
  }
}
