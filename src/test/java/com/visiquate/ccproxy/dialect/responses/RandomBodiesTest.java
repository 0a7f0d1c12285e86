package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.dialect.StorableAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bodies that nobody would send: broken copies of the golden requests. */
final class RandomBodiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path GOLDEN = Path.of("src/test/resources/golden/responses");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "1e400",
          "0.5",
          "\"\"",
          "\"x\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[{}]",
          "{\"type\":\"input_text\"}",
          "{\"type\":\"custom\",\"name\":\"x\"}",
          "{\"type\":7}",
          "\"\\ud800\"",
          "99999999999999999999");

  @Test
  void noneOfTenThousandOddBodiesMakesTheReaderThrow() throws IOException {
    long seed = 20_261_121;
    System.out.println("seed " + seed);
    RandomGenerator random = new Random(seed);
    List<byte[]> requests = requests();
    for (int round = 0; round < 10_000; round++) {
      byte[] body = requests.get(random.nextInt(requests.size())).clone();
      check(round % 4 == 0 ? torn(body, random) : bent(body, random));
    }
  }

  private static void check(byte[] body) {
    switch (new Responses().decode(body)) {
      case Decoded.Understood understood -> {
        assertThat(understood.request().messages()).isNotEmpty();
        assertAnswerable(understood);
      }
      case Decoded.Misunderstood not -> {
        assertThat(not.failure().kind()).isEqualTo(Failure.Kind.INVALID);
        assertThat(not.failure().message()).isNotBlank();
      }
    }
    assertThat(Responses.recalled(body)).isNotNull();
  }

  /** What was understood can be answered, in a form that clients accept, and remembered. */
  private static void assertAnswerable(Decoded.Understood understood) {
    Identity identity = new Identity("0123456789abcdef", 0, understood.request().model());
    StorableAnswer answer = new Responses().answer(understood, identity);
    ByteSink out = new ByteSink();
    answer.said(new ChatEvent.Text("Hi"), out);
    answer.said(new ChatEvent.Finished(FinishReason.STOP, Counts.NONE), out);
    if (understood.stream()) {
      ResponsesStreamGrammar.check(new String(out.take(), UTF_8));
    }
    answer.stored().ifPresent(RandomBodiesTest::assertListable);
  }

  private static void assertListable(StoredResponse stored) {
    byte[] page = StoredBodies.inputItems(stored, ItemsPage.of(null, "100", "asc"));
    Field.parse(page)
        .at("data")
        .items()
        .forEach(item -> assertThat(item.at("id").text()).isNotNull());
  }

  /** Some bytes are others, or the end is missing. */
  private static byte[] torn(byte[] body, RandomGenerator random) {
    for (int i = random.nextInt(4); i > 0; i--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    int length = random.nextBoolean() ? body.length : random.nextInt(body.length + 1);
    return Arrays.copyOf(body, length);
  }

  /** Still JSON, but one or two values are others. */
  private static byte[] bent(byte[] body, RandomGenerator random) throws IOException {
    JsonNode root = JSON.readTree(body);
    for (int i = 0; i <= random.nextInt(2); i++) {
      List<ContainerNode<?>> containers = new ArrayList<>();
      collect(root, containers);
      JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
      bend(containers.get(random.nextInt(containers.size())), value, random);
    }
    return root.toString().getBytes(UTF_8);
  }

  private static void bend(ContainerNode<?> container, JsonNode value, RandomGenerator random) {
    int at = random.nextInt(container.size());
    if (container instanceof ArrayNode list) {
      list.set(at, value);
    } else if (container instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      if (random.nextInt(4) == 0) {
        object.remove(names.get(at));
      } else {
        object.set(names.get(at), value);
      }
    }
  }

  private static void collect(JsonNode node, List<ContainerNode<?>> containers) {
    if (node instanceof ContainerNode<?> container && !container.isEmpty()) {
      containers.add(container);
    }
    node.forEach(child -> collect(child, containers));
  }

  private static List<byte[]> requests() throws IOException {
    List<byte[]> requests = new ArrayList<>();
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      for (Path folder : folders.sorted().toList()) {
        if (!folder.endsWith("refused-json")) {
          requests.add(Files.readAllBytes(folder.resolve("request.json")));
        }
      }
    }
    return requests;
  }
}
