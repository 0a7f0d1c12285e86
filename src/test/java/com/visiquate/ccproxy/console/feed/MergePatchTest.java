package com.visiquate.ccproxy.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MergePatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As far as documents without null and patches between objects go, the examples of RFC 7396. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"}             | {\"a\":\"c\"}             | {\"a\":\"c\"}",
        "{\"a\":\"b\"}             | {\"a\":\"b\",\"b\":\"c\"} | {\"b\":\"c\"}",
        "{\"a\":\"b\"}             | {}                        | {\"a\":null}",
        "{\"a\":\"b\",\"b\":\"c\"} | {\"b\":\"c\"}             | {\"a\":null}",
        "{\"a\":{\"b\":\"c\"}}     | {\"a\":{\"b\":\"d\"}}     | {\"a\":{\"b\":\"d\"}}",
        "{\"a\":{\"b\":\"c\"}}     | {\"a\":1}                 | {\"a\":1}",
        "{\"a\":[1]}               | {\"a\":[1,2]}             | {\"a\":[1,2]}",
        "{\"a\":{\"b\":1,\"c\":2}} | {\"a\":{\"c\":2}}         | {\"a\":{\"b\":null}}",
        "{\"a\":1}                 | {\"a\":1}                 | {}",
      })
  void saysWhatDiffers(String from, String to, String patch) throws JsonProcessingException {
    ObjectNode before = (ObjectNode) JSON.readTree(from);
    ObjectNode after = (ObjectNode) JSON.readTree(to);
    ObjectNode between = MergePatch.between(before, after);
    assertThat(between).isEqualTo(JSON.readTree(patch));
    MergePatch.apply(before, between);
    assertThat(before).isEqualTo(after);
  }

  @Test
  void leadsFromAnyDocumentToAnyOther() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ObjectNode document = tree(random, 4);
    for (int i = 0; i < 2_000; i++) {
      ObjectNode next = tree(random, 4);
      ObjectNode patch = MergePatch.between(document, next);
      MergePatch.apply(document, patch.deepCopy());
      assertThat(document).as("seed %d, step %d", seed, i).isEqualTo(next);
    }
  }

  private static ObjectNode tree(Random random, int depth) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < 4; i++) {
      String name = "m" + random.nextInt(6);
      switch (random.nextInt(depth > 0 ? 4 : 3)) {
        case 0 -> tree.put(name, random.nextInt(3));
        case 1 -> tree.put(name, "t" + random.nextInt(3));
        case 2 -> tree.putArray(name).add(random.nextInt(3));
        default -> tree.set(name, tree(random, depth - 1));
      }
    }
    return tree;
  }
}
