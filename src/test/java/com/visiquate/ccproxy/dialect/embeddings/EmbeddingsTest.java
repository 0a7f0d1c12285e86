package com.visiquate.ccproxy.dialect.embeddings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the golden folders cannot show: parts that end in another order, and every bit. */
final class EmbeddingsTest {
  private static final Embeddings DIALECT = new Embeddings();
  private static final Identity IDENTITY = new Identity("x", 1, "m");
  private static final Counts COUNTS = new Counts(10, 0, 0, 0, 0, 0);

  @Test
  void embeddingsStandInTheOrderOfTheirTextsWhateverPartEndsFirst() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int texts = 1 + random.nextInt(300);
      Decoded.Understood understood = understood(texts, "float");
      List<Integer> order =
          IntStream.range(0, understood.parts().size()).boxed().collect(Collectors.toList());
      Collections.shuffle(order, random);
      Answer answer = DIALECT.answer(understood, IDENTITY);
      ByteSink out = new ByteSink();
      for (int part : order) {
        assertThat(out.isEmpty()).as("nothing before all are there, seed %d", seed).isTrue();
        answer.said(part, embedded((EmbedRequest) understood.parts().get(part)), out);
        answer.said(part, new ChatEvent.Finished(FinishReason.STOP, COUNTS), out);
      }

      JsonNode body = JsonMapper.builder().build().readTree(out.take());
      assertThat(body.get("data")).as("seed %d", seed).hasSize(texts);
      for (int i = 0; i < texts; i++) {
        assertThat(body.get("data").get(i).get("index").asInt()).isEqualTo(i);
        assertThat(body.get("data").get(i).get("embedding").get(0).asInt()).isEqualTo(i);
      }
      assertThat(body.get("usage").get("prompt_tokens").asInt()).isEqualTo(10 * order.size());
    }
  }

  @Test
  void bothFormsAreTheVeryNumbers() throws IOException {
    Random random = new Random(7);
    float[] values = new float[500];
    for (int i = 0; i < values.length; i++) {
      float any = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isFinite(any) ? any : 0.5f;
    }
    assertThat(decoded(answered("base64", new Embedding(values)))).isEqualTo(values);
    JsonNode list = answered("float", new Embedding(values));
    for (int i = 0; i < values.length; i++) {
      assertThat(list.get(i).floatValue()).isEqualTo(values[i]);
    }
  }

  @Test
  void noRequestOfTheHouseHasMoreThanAFewTexts() {
    Decoded.Understood understood = understood(2_048, "base64");

    assertThat(understood.parts())
        .hasSize(64)
        .allMatch(part -> ((EmbedRequest) part).texts().size() <= 32);
    assertThat(DIALECT.decode(body(2_049, "float"))).isInstanceOf(Decoded.Misunderstood.class);
  }

  @Test
  void saysWhatWentWrongOnce() {
    Answer answer = DIALECT.answer(understood(1, "float"), IDENTITY);
    ByteSink out = new ByteSink();

    answer.broke(Failure.of(Failure.Kind.BACKEND_LOST, "lost"), out);
    answer.broke(Failure.of(Failure.Kind.BACKEND_LOST, "lost"), out);
    answer.said(new ChatEvent.Finished(FinishReason.STOP, COUNTS), out);

    assertThat(new String(out.take(), UTF_8))
        .startsWith("{\"error\":{\"message\":\"lost\"")
        .endsWith("\"code\":\"upstream_error\"}}");
  }

  private static JsonNode answered(String form, Embedding embedding) throws IOException {
    Answer answer = DIALECT.answer(understood(1, form), IDENTITY);
    ByteSink out = new ByteSink();
    answer.said(new ChatEvent.Embedded(List.of(embedding)), out);
    answer.said(new ChatEvent.Finished(FinishReason.STOP, COUNTS), out);
    return JsonMapper.builder().build().readTree(out.take()).get("data").get(0).get("embedding");
  }

  private static float[] decoded(JsonNode base64) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64.asText())).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** The embedding of each text is the number that it is. */
  private static ChatEvent embedded(EmbedRequest part) {
    return new ChatEvent.Embedded(
        part.texts().stream().map(text -> new Embedding(Float.parseFloat(text))).toList());
  }

  private static Decoded.Understood understood(int texts, String form) {
    return (Decoded.Understood) DIALECT.decode(body(texts, form));
  }

  private static byte[] body(int texts, String form) {
    String input =
        IntStream.range(0, texts)
            .mapToObj(i -> "\"" + i + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    return "{\"model\":\"m\",\"input\":%s,\"encoding_format\":\"%s\"}"
        .formatted(input, form)
        .getBytes(UTF_8);
  }
}
