package com.visiquate.ccproxy.config.litellm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** {@code master_key} as the one key that clients need. It is never written down. */
final class KeyPart {
  private static final String VARIABLE = "LITELLM_MASTER_KEY";
  private final Block general;
  private final Draft draft;
  private final Survey survey;

  KeyPart(Block file, Draft draft, Survey survey) {
    this.general = file.block("general_settings");
    this.draft = draft;
    this.survey = survey;
  }

  void translate() {
    Optional<Entry> key = general.entry("master_key");
    if (key.isPresent()) {
      master(key.get().used("keys[0]"));
    } else if (survey.variables().value(VARIABLE).filter(text -> !text.isBlank()).isPresent()) {
      write("env:" + VARIABLE, general.mark());
    }
  }

  private void master(Entry entry) {
    if (!(entry.node() instanceof ScalarNode written)) {
      entry.wrong("a key");
      return;
    }
    Optional<String> variable = Variables.named(written.getValue());
    Optional<String> key =
        variable.isPresent()
            ? variable.flatMap(survey.variables()::value)
            : Optional.of(written.getValue());
    if (key.filter(text -> !text.isBlank()).isEmpty()) {
      // LiteLLM would go on without any key, and let everybody in.
      entry.wrong("a key; without one take master_key away");
    } else if (variable.filter(survey.variables()::isInProcess).isPresent()) {
      write("env:" + variable.get(), entry.mark());
    } else {
      write("sha256:" + digest(key.get()), entry.mark());
    }
  }

  private void write(String secret, Mark mark) {
    Draft key = new Draft(mark).text("name", "master", mark).text("key", secret, mark);
    draft.put("keys", Draft.lines(List.of(key.line()), mark));
  }

  private static String digest(String key) {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
