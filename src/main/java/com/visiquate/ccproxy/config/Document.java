package com.visiquate.ccproxy.config;

import java.io.StringReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** A YAML text as nodes that know their lines; no node is ever made into a Java type. */
final class Document {
  private static final Set<Tag> PLAIN =
      Set.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.TIMESTAMP,
          Tag.MERGE,
          Tag.SEQ,
          Tag.MAP);
  private static final int MOST_ALIASES = 50;
  private static final int DEEPEST = 20;
  private static final int LONGEST = 1 << 20;

  private final Reading reading;
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Document(Reading reading) {
    this.reading = reading;
  }

  /** The outermost section, or empty after the problem has been noted. */
  static Optional<Section> read(Reading reading, String text) {
    return root(reading, text).flatMap(node -> section(reading, node));
  }

  /** The section that a node is; an empty one when nothing is written. */
  static Optional<Section> section(Reading reading, Node node) {
    return node.getTag().equals(Tag.NULL)
        ? Optional.of(Section.nothing(reading, "", reading.place()))
        : new Item(reading, "", node, reading.place(node)).section();
  }

  /** The outermost node, null-tagged when nothing is written; empty after a problem. */
  static Optional<Node> root(Reading reading, String text) {
    Optional<Node> node;
    try {
      node = Optional.ofNullable(new Yaml(bounds()).compose(new StringReader(text)));
    } catch (MarkedYAMLException broken) {
      reading.problem(syntax(reading, broken));
      return Optional.empty();
    } catch (ReaderException unprintable) {
      reading.problem(unprintable(reading, text));
      return Optional.empty();
    } catch (YAMLException broken) {
      Place place = new Place(reading.place().source(), firstBroken(text), 1);
      reading.problem(Problem.of(place, "", firstLine(broken.getMessage())));
      return Optional.empty();
    }
    node.filter(root -> !root.getTag().equals(Tag.NULL))
        .ifPresent(root -> new Document(reading).inspect(root));
    return node.or(() -> Optional.of(nothing()));
  }

  private static Node nothing() {
    return new ScalarNode(Tag.NULL, "", null, null, DumperOptions.ScalarStyle.PLAIN);
  }

  private static LoaderOptions bounds() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setNestingDepthLimit(DEEPEST);
    options.setCodePointLimit(LONGEST);
    return options;
  }

  /** The parser does not say in which line; so look for it. */
  private static Problem unprintable(Reading reading, String text) {
    int[] before = text.codePoints().takeWhile(StreamReader::isPrintable).toArray();
    int line = 1 + (int) Arrays.stream(before).filter(point -> point == '\n').count();
    String what = "a character that YAML does not allow";
    return Problem.of(new Place(reading.place().source(), line, 1), "", what);
  }

  /** Some mistakes have no mark: the first line with which the text fails in this way. */
  private static int firstBroken(String text) {
    List<String> lines = text.lines().toList();
    int good = 0;
    int bad = Math.max(1, lines.size());
    while (bad - good > 1) {
      int middle = (good + bad) >>> 1;
      if (isBroken(String.join("\n", lines.subList(0, middle)))) {
        bad = middle;
      } else {
        good = middle;
      }
    }
    return bad;
  }

  private static boolean isBroken(String text) {
    try {
      new Yaml(bounds()).compose(new StringReader(text));
      return false;
    } catch (MarkedYAMLException other) {
      return false;
    } catch (YAMLException broken) {
      return true;
    }
  }

  private static Problem syntax(Reading reading, MarkedYAMLException broken) {
    Mark mark = broken.getProblemMark();
    String context = broken.getContext() == null ? "" : " " + firstLine(broken.getContext());
    String what = "YAML syntax error: " + firstLine(broken.getProblem()) + context;
    Place place = mark == null ? reading.place() : reading.place(mark);
    return Problem.of(place, "", what + (mark == null ? "" : ", column " + place.column()));
  }

  /**
   * What YAML allows and a configuration does not: keys that come twice, and types of their own.
   */
  private void inspect(Node node) {
    if (!seen.add(node)) {
      return;
    }
    if (!PLAIN.contains(node.getTag())) {
      String tag = "tag " + node.getTag();
      reading.problem(Problem.expected(reading.place(node), "", tag, "a value without a tag"));
    }
    switch (node) {
      case MappingNode mapping -> inspectKeys(mapping);
      case SequenceNode list -> list.getValue().forEach(this::inspect);
      default -> {}
    }
  }

  private void inspectKeys(MappingNode mapping) {
    Map<String, Place> first = new HashMap<>();
    mapping
        .getValue()
        .forEach(
            entry -> {
              key(entry.getKeyNode(), first);
              inspect(entry.getValueNode());
            });
  }

  private void key(Node node, Map<String, Place> first) {
    Place place = reading.place(node);
    if (!(node instanceof ScalarNode key)) {
      reading.problem(Problem.expected(place, "", "a key that is a list or a section", "a word"));
      return;
    }
    Place earlier = first.putIfAbsent(key.getValue(), place);
    if (earlier != null) {
      String what =
          "duplicate key \"%s\", also in line %d".formatted(key.getValue(), earlier.line());
      reading.problem(Problem.of(place, "", what));
    }
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
