package com.visiquate.ccproxy.config.litellm;

import com.visiquate.ccproxy.config.litellm.Finding.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;

/** One translation of one file: owns what became of each key, and what is wrong with it. */
final class Survey {
  private final Variables variables;
  private final Function<String, List<String>> installed;
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final List<Objection> problems = new ArrayList<>();
  private final List<Objection> doubts = new ArrayList<>();

  /**
   * Nothing is known yet.
   *
   * @param installed tells which models the Ollama at an address has
   */
  Survey(Variables variables, Function<String, List<String>> installed) {
    this.variables = variables;
    this.installed = installed;
  }

  /** The models of the Ollama at an address; none when it does not say. */
  List<String> installed(String url) {
    return installed.apply(url);
  }

  Variables variables() {
    return variables;
  }

  /** The first verdict on a key holds. */
  void found(Entry entry, Verdict verdict, String note) {
    findings.putIfAbsent(entry.path(), new Finding(entry.mark(), entry.path(), verdict, note));
  }

  boolean knows(String path) {
    return findings.containsKey(path);
  }

  void problem(Entry entry, String value, String expectation) {
    problems.add(new Objection(entry.mark(), entry.path(), value, expectation, ""));
  }

  void unknownModel(Entry entry, String name, String suggestion) {
    String value = "unknown model \"%s\"".formatted(name);
    String expectation = suggestion.isEmpty() ? "a model_name of model_list" : "";
    problems.add(new Objection(entry.mark(), entry.path(), value, expectation, suggestion));
  }

  void missing(Mark mark, String path) {
    problems.add(new Objection(mark, path, "missing", "a value", ""));
  }

  void doubt(Entry entry, String what) {
    doubt(entry.mark(), entry.path(), what);
  }

  void doubt(Mark mark, String path, String what) {
    doubts.add(new Objection(mark, path, what, "", ""));
  }

  void unknown(Entry entry, String suggestion) {
    doubts.add(new Objection(entry.mark(), entry.path(), "unknown key", "", suggestion));
  }

  Translation end(MappingNode settings) {
    Comparator<Finding> byPlace =
        Comparator.comparing(
            Finding::mark, Comparator.comparingInt(Mark::getLine).thenComparing(Mark::getColumn));
    List<Finding> inOrder = findings.values().stream().sorted(byPlace).toList();
    return new Translation(settings, inOrder, problems, doubts);
  }
}
