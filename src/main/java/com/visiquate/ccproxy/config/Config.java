package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.config.litellm.LiteLlm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the configuration: a file and the environment become settings, or every problem. */
public final class Config {
  private static final String DEMO = "demo.yaml";

  private Config() {}

  /** Reads a file; blocks for as long as the disk takes. */
  public static Loaded read(Path file, Map<String, String> environment) {
    Reading reading = new Reading(file.toString(), environment);
    return text(file, reading).map(text -> settings(text, reading)).orElseGet(reading::refused);
  }

  /**
   * Reads a text.
   *
   * @param source what problems call it
   */
  public static Loaded parse(String source, String text, Map<String, String> environment) {
    return settings(text, new Reading(source, environment));
  }

  /** The configuration that needs no file: three Ollamas on this machine. */
  public static Loaded demo(Map<String, String> environment) {
    return parse("demo", demoText(), environment);
  }

  private static Loaded settings(String text, Reading reading) {
    Optional<Node> root = Document.root(reading, text);
    if (root.filter(LiteLlm::wrote).isPresent()) {
      return translated((MappingNode) root.get(), reading);
    }
    return root.flatMap(node -> Document.section(reading, node))
        .map(section -> reading.end(SettingsReader.read(section), new Origin(text, List.of())))
        .orElseGet(reading::refused);
  }

  private static Loaded translated(MappingNode root, Reading reading) {
    return Translated.read(root, reading)
        .flatMap(
            means ->
                Document.section(reading, means.settings())
                    .map(section -> reading.end(SettingsReader.read(section), means.origin())))
        .orElseGet(reading::refused);
  }

  private static Optional<String> text(Path file, Reading reading) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (NoSuchFileException missing) {
      reading.problem(Problem.of(reading.place(), "", "there is no such file"));
    } catch (CharacterCodingException notText) {
      reading.problem(Problem.of(reading.place(), "", "the file is not UTF-8 text"));
    } catch (IOException unreadable) {
      reading.problem(Problem.of(reading.place(), "", "cannot be read: " + unreadable));
    }
    return Optional.empty();
  }

  private static String demoText() {
    try (InputStream resource = Config.class.getResourceAsStream(DEMO)) {
      if (resource == null) {
        throw new IllegalStateException(DEMO + " is missing from the jar");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(DEMO + " cannot be read from the jar", broken);
    }
  }
}
