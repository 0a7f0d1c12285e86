package com.visiquate.ccproxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.bus.CacheMessage.Purge;
import com.visiquate.ccproxy.bus.CacheMessage.Purged;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.SharedMessage.Keepsake;
import com.visiquate.ccproxy.bus.SharedMessage.KnownAnswer;
import com.visiquate.ccproxy.bus.SharedMessage.KnownResponse;
import com.visiquate.ccproxy.bus.SharedMessage.KnownThought;
import com.visiquate.ccproxy.chat.CallKey;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of what nodes keep for each other, which those of other versions read as well. */
final class KeepsakeTest {
  private static final Path FOLDER = Path.of("src/test/resources/wire-maps");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final ObjectMapper CBOR = Forms.mapper();
  private final Wire wire = new Wire();

  static List<Keepsake> samples() {
    return List.of(
        new KnownResponse(
            new StoredResponse(
                new ResponseId("resp_1"),
                new RawJson("{\"id\":\"resp_1\"}"),
                List.of(new RawJson("{\"type\":\"message\"}")),
                List.of(new RawJson("{\"type\":\"function_call\"}")))),
        new KnownThought(new CallKey("call_abc", "ls"), "hm"),
        new KnownAnswer("ccproxy:answer::m:0123", new byte[] {1, 2, 3}, Duration.ofMinutes(5)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesEachInItsForm(Keepsake one) throws IOException {
    JsonNode tree = CBOR.readTree(CBOR.writerFor(Keepsake.class).writeValueAsBytes(one));
    String form = JSON.writeValueAsString(JSON.treeToValue(tree, Object.class));
    if (Boolean.getBoolean("ccproxy.golden.write")) {
      Files.writeString(file(one), form + "\n");
    }
    assertThat(form).isEqualTo(Files.readString(file(one)).strip());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsWhatItWrites(Keepsake one) {
    assertThat(wire.decodeKeepsake(wire.encode(one)))
        .get()
        .usingRecursiveComparison()
        .isEqualTo(one);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsItsFormWithPartsThatItDoesNotKnow(Keepsake one) throws IOException {
    ObjectNode tree =
        (ObjectNode) CBOR.readTree(CBOR.writerFor(Keepsake.class).writeValueAsBytes(one));
    tree.putArray("later").addObject().put("x", 1);
    byte[] frame = Frame.pack(Wire.PROTOCOL, CBOR.writeValueAsBytes(tree));
    assertThat(wire.decodeKeepsake(frame)).get().usingRecursiveComparison().isEqualTo(one);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsNothingElse(Keepsake one) {
    byte[] frame = wire.encode(one);
    for (int length = 0; length < frame.length; length++) {
      assertThat(wire.decodeKeepsake(Arrays.copyOf(frame, length))).isEmpty();
    }
    assertThat(wire.decode(frame)).isEmpty();
    frame[2]++;
    assertThat(wire.decodeKeepsake(frame)).isEmpty();
    assertThat(wire.decodeKeepsake(wire.encode(Samples.of("telling")))).isEmpty();
  }

  @Test
  void everyKindHasItsGoldenFile() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.collect(Collectors.toSet()))
          .isEqualTo(samples().stream().map(KeepsakeTest::file).collect(Collectors.toSet()));
    }
    assertThat(samples().stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Set.of(Keepsake.class.getPermittedSubclasses()));
  }

  /** Nodes tell each other to discard by a question. */
  @Test
  void aPurgeIsAQuestion() {
    Parcel question =
        Samples.parcel(
            new NodeMessage.Question(5, "cache.discard", new Purge("m", null, List.of("a"))));
    Parcel reply = Samples.parcel(new NodeMessage.Reply(5, new Purged(3)));

    assertThat(wire.decode(wire.encode(question))).contains(question);
    assertThat(wire.decode(wire.encode(reply))).contains(reply);
  }

  private static Path file(Keepsake one) {
    String name = one.getClass().getSimpleName().replace("Known", "").toLowerCase(Locale.ROOT);
    return FOLDER.resolve(name + ".json");
  }
}
