package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.config.litellm.LiteLlm;
import com.visiquate.ccproxy.config.litellm.Objection;
import com.visiquate.ccproxy.config.litellm.Translation;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** A file of LiteLLM as the native configuration that it means. */
record Translated(MappingNode settings, Origin origin) {
  private static final int LINE = 120;

  /** Empty after the problems have been noted. */
  static Optional<Translated> read(MappingNode root, Reading reading) {
    Translation translation =
        LiteLlm.translate(
            root, reading.environment().variables(), Files::isDirectory, new InstalledModels()::at);
    translation.problems().forEach(problem -> reading.problem(told(problem, reading)));
    translation.doubts().forEach(doubt -> reading.warning(told(doubt, reading)));
    if (!reading.isWellSoFar()) {
      return Optional.empty();
    }
    List<String> findings =
        translation.findings().stream()
            .map(finding -> reading.place(finding.mark()) + ": " + finding)
            .toList();
    MappingNode settings = translation.settings();
    return Optional.of(new Translated(settings, new Origin(yaml(settings, reading), findings)));
  }

  private static Problem told(Objection objection, Reading reading) {
    return new Problem(
        reading.place(objection.mark()),
        objection.path(),
        objection.value(),
        objection.expectation(),
        objection.suggestion());
  }

  private static String yaml(Node settings, Reading reading) {
    DumperOptions style = new DumperOptions();
    style.setWidth(LINE);
    style.setIndent(2);
    style.setIndicatorIndent(2);
    style.setIndentWithIndicator(true);
    style.setSplitLines(false);
    StringWriter text = new StringWriter();
    text.append("# What %s means to ccproxy.%n".formatted(reading.place()));
    new Yaml(style).serialize(settings, text);
    return text.toString();
  }
}
