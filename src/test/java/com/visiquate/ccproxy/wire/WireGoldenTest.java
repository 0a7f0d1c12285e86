package com.visiquate.ccproxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The form of each message. Whoever has to change a file here changes what nodes of other versions
 * read: a new part is passed over by them, all else needs another {@link Wire#PROTOCOL}.
 */
final class WireGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/wire");
  private static final Set<String> MAPS = Set.of("further", "hosts", "info", "options");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final ObjectMapper CBOR = Forms.mapper();

  private final Wire wire = new Wire();

  static Stream<String> names() {
    return Samples.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void writesEachMessageInItsForm(String name) throws IOException {
    String form = form(Samples.of(name));
    Path golden = FOLDER.resolve(name + ".json");
    if (Boolean.getBoolean("ccproxy.golden.write")) {
      Files.writeString(golden, form + "\n");
    }
    assertThat(form).isEqualTo(Files.readString(golden).strip());
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsWhatItWrites(String name) {
    Parcel parcel = Samples.of(name);
    assertThat(wire.decode(wire.encode(parcel))).contains(parcel);
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsItsFormWithPartsThatItDoesNotKnow(String name) throws IOException {
    JsonNode tree = JSON.readTree(Files.readString(FOLDER.resolve(name + ".json")));
    strange(tree);
    if (name.equals("carried")) {
      // Numbers of embeddings are bytes, which JSON cannot tell from text.
      return;
    }
    byte[] frame = Frame.pack(Wire.PROTOCOL, CBOR.writeValueAsBytes(tree));
    assertThat(wire.decode(frame)).contains(Samples.of(name));
  }

  @Test
  void everyMessageHasItsGoldenFileAndEveryFileItsMessage() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> found =
          files
              .map(file -> file.getFileName().toString().replace(".json", ""))
              .collect(Collectors.toSet());
      assertThat(found).isEqualTo(names().collect(Collectors.toSet()));
    }
    Set<Class<?>> sampled =
        Samples.all().values().stream()
            .map(parcel -> parcel.content().getClass())
            .collect(Collectors.toSet());
    assertThat(sampled).isEqualTo(kinds(NodeMessage.Content.class).collect(Collectors.toSet()));
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(WireGoldenTest::kinds)
        : Stream.of(type);
  }

  private static String form(Parcel parcel) throws IOException {
    JsonNode tree = CBOR.readTree(CBOR.writerFor(Parcel.class).writeValueAsBytes(parcel));
    return JSON.writeValueAsString(JSON.treeToValue(tree, Object.class));
  }

  /**
   * Every record has something that a later version may have added; maps have keys of their own.
   */
  private static void strange(JsonNode node) {
    if (node instanceof ObjectNode record) {
      record.properties().stream()
          .filter(part -> !MAPS.contains(part.getKey()))
          .forEach(part -> strange(part.getValue()));
      record.putArray("later").addObject().put("x", 1);
    } else {
      node.forEach(WireGoldenTest::strange);
    }
  }
}
