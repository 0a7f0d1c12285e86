package com.visiquate.ccproxy.config.litellm;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Translates LiteLLM's {@code config.yaml}. */
public final class LiteLlm {
  private static final String SIGN = "model_list";

  private LiteLlm() {}

  /** Whether a file is one of LiteLLM's. */
  public static boolean wrote(Node root) {
    return root instanceof MappingNode mapping
        && mapping.getValue().stream()
            .anyMatch(
                entry ->
                    entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(SIGN));
  }

  /**
   * Translates a file.
   *
   * @param folders whether a folder is there that a log file can be written to
   * @param installed tells which models the Ollama at an address has
   */
  public static Translation translate(
      MappingNode root,
      Map<String, String> environment,
      Predicate<Path> folders,
      Function<String, List<String>> installed) {
    Survey survey = new Survey(Variables.of(environment, root), installed);
    Block file = Block.of(survey, "", root);
    Draft draft = new Draft(root.getStartMark());
    new ServerPart(file, draft).translate();
    new ModelPart(file, draft, survey).translate();
    new RouterPart(file, draft).translate();
    new LoggingPart(file, draft, folders).translate();
    new CachePart(file, draft, survey).translate();
    new KeyPart(file, draft, survey).translate();
    file.entry("include")
        .ifPresent(entry -> entry.used("").wrong("the entries themselves; no file is included"));
    new Inventory(survey).complete(file);
    return survey.end(draft.section());
  }
}
