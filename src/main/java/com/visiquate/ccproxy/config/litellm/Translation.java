package com.visiquate.ccproxy.config.litellm;

import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * What a LiteLLM file means.
 *
 * @param settings the native configuration; may be used only when there is no problem
 * @param findings every key of the file, in its order
 */
public record Translation(
    MappingNode settings,
    List<Finding> findings,
    List<Objection> problems,
    List<Objection> doubts) {
  public Translation {
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
    doubts = List.copyOf(doubts);
  }
}
