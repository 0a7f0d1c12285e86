package com.visiquate.ccproxy.config.litellm;

import com.visiquate.ccproxy.config.litellm.Finding.Verdict;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds out what became of the keys that no part has taken. */
final class Inventory {
  private static final String VARIABLES = "environment_variables.";
  private static final int DEEPEST = 20;
  private final Survey survey;

  Inventory(Survey survey) {
    this.survey = survey;
  }

  void complete(Block file) {
    complete(file, "", DEEPEST);
  }

  private void complete(Block block, String why, int depth) {
    if (depth > 0) {
      block.entries().forEach(entry -> visit(entry, why, depth));
    }
  }

  /**
   * Finds out about one key.
   *
   * @param inherited why its section has no effect; empty when it has one
   */
  private void visit(Entry entry, String inherited, int depth) {
    if (survey.knows(entry.path())) {
      return;
    }
    String why = KnownKeys.whyNot(entry.path()).orElse(inherited);
    if (hasBlocks(entry.node())) {
      descend(entry, why, depth);
    } else if (!why.isEmpty()) {
      entry.withoutEffect(why);
    } else if (entry.isEmpty()) {
      entry.withoutEffect("nothing is written here");
    } else if (entry.path().startsWith(VARIABLES)) {
      variable(entry);
    } else {
      stray(entry);
    }
  }

  private static boolean hasBlocks(Node node) {
    return switch (node) {
      case MappingNode mapping -> !mapping.getValue().isEmpty();
      case SequenceNode list -> list.getValue().stream().anyMatch(MappingNode.class::isInstance);
      default -> false;
    };
  }

  private void descend(Entry entry, String why, int depth) {
    if (entry.node() instanceof SequenceNode list) {
      Block.elements(entry, list).forEach(element -> complete(Block.of(element), why, depth - 1));
    } else {
      complete(Block.of(entry), why, depth - 1);
    }
  }

  private void variable(Entry entry) {
    String name = entry.path().substring(VARIABLES.length());
    if (survey.variables().isAsked(name)) {
      entry.used("when the environment has no " + name);
    } else {
      entry.withoutEffect("nothing here refers to it");
    }
  }

  /** A key that is known elsewhere, or nowhere. */
  private void stray(Entry entry) {
    Optional<String> elsewhere = KnownKeys.elsewhere(entry.path());
    if (elsewhere.isPresent()) {
      entry.withoutEffect("LiteLLM knows it as %s only".formatted(elsewhere.get()));
    } else {
      String suggestion = KnownKeys.nearest(entry.path());
      String hint = suggestion.isEmpty() ? "" : "did you mean \"" + suggestion + "\"?";
      survey.found(entry, Verdict.UNKNOWN, hint);
      survey.unknown(entry, suggestion);
    }
  }
}
