package com.visiquate.ccproxy.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.ollama.ChatBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OpenAiChatTest {
  private static final OpenAiChat DIALECT = new OpenAiChat();
  private static final ModelSpec MODEL =
      new ModelSpec(
          new ModelName("m"), "m", 4096, List.of(new BackendId("a")), false, "5m", Map.of());

  @Test
  void neverThrowsWhateverTheBody() throws IOException {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("OpenAiChatTest seed=" + seed);
    Random random = new Random(seed);
    List<byte[]> seeds = golden("request.json");
    for (int round = 0; round < 10_000; round++) {
      byte[] body = mutated(seeds.get(random.nextInt(seeds.size())), random);
      if (DIALECT.decode(body) instanceof Decoded.Understood understood) {
        assertThat(valid(ChatBody.encode(MODEL, null, understood.request()))).isTrue();
      }
    }
  }

  @Test
  void everyGoldenStreamIsInTheGrammar() throws IOException {
    assertThat(golden("response.sse")).hasSizeGreaterThan(20).allSatisfy(ChatStreamGrammar::check);
  }

  @Test
  void halfOfASurrogatePairDoesNoHarm() throws IOException {
    Decoded.Understood understood = understood(user("a\\ud83db"));

    assertThat(valid(ChatBody.encode(MODEL, null, understood.request()))).isTrue();
  }

  @Test
  void refusesWhatIsNoJson() {
    byte[] brokenUtf8 = user("x").getBytes(UTF_8);
    brokenUtf8[brokenUtf8.length - 5] = (byte) 0xff;

    assertThat(refused(brokenUtf8).code()).isEqualTo("invalid_json");
    for (String body : List.of("", "[]", "null", "{}{}", "{\"model\":", "{\"n\":NaN}", "{'a':1}")) {
      assertThat(refused(body.getBytes(UTF_8)).kind()).isEqualTo(Failure.Kind.INVALID);
    }
  }

  @Test
  void refusesNestingWithoutEnd() {
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(refused(deep.getBytes(UTF_8)).code()).isEqualTo("invalid_json");
  }

  @Test
  void survivesNumbersWithoutMeasure() {
    String most = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"max_tokens\":%s}";

    assertThat(understood(most.formatted("1e9")).request().sampling().maxTokens())
        .isEqualTo(1_000_000_000);
    assertThat(understood(most.formatted("9".repeat(40))).request().sampling().maxTokens())
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(refused(most.formatted("1e999999999").getBytes(UTF_8)).param())
        .isEqualTo("max_tokens");
    assertThat(refused(most.formatted("1.5").getBytes(UTF_8)).param()).isEqualTo("max_tokens");
    assertThat(refused(most.formatted("0").getBytes(UTF_8)).param()).isEqualTo("max_tokens");
  }

  @Test
  void theLastOfTwoEqualNamesCounts() {
    assertThat(understood("{\"model\":\"a\",\"model\":\"b\"," + user("x").substring(13)))
        .extracting(understood -> understood.request().model())
        .isEqualTo("b");
  }

  @Test
  void namesWhatItCouldNotHonour() {
    String body =
        user("x")
            .replace("\"model\"", "\"logit_bias\":{},\"new_thing\":1,\"user\":\"u\",\"model\"");

    assertThat(understood(body).dropped()).containsExactly("logit_bias", "new_thing");
  }

  @Test
  void tellsClientsApartByTheFirstHintThatThereIs() {
    String body = user("x").replace("\"model\"", "%s\"model\"");

    assertThat(understood(body.formatted("")).client()).isNull();
    assertThat(understood(body.formatted("\"metadata\":{\"user_id\":\"m\"},")).client())
        .isEqualTo("m");
    assertThat(understood(body.formatted("\"user\":\"u\",\"prompt_cache_key\":\"k\",")).client())
        .isEqualTo("k");
  }

  @Test
  void readsEffortUnderEveryNameInUse() {
    String body = user("x").replace("\"model\"", "%s,\"model\"");

    assertThat(effort(body, "\"reasoning_effort\":\"minimal\"")).isEqualTo(Reasoning.LOW);
    assertThat(effort(body, "\"reasoning\":{\"effort\":\"high\"}")).isEqualTo(Reasoning.HIGH);
    assertThat(effort(body, "\"think\":false")).isEqualTo(Reasoning.OFF);
    assertThat(effort(body, "\"think\":\"medium\"")).isEqualTo(Reasoning.MEDIUM);
    assertThat(effort(body, "\"chat_template_kwargs\":{\"enable_thinking\":true}"))
        .isEqualTo(Reasoning.ON);
    assertThat(effort(body, "\"reasoning_effort\":null")).isEqualTo(Reasoning.UNSET);
  }

  @Test
  void everyFailureHasAllFourKeys() {
    for (Failure.Kind kind : Failure.Kind.values()) {
      String error = new String(DIALECT.error(Failure.of(kind, "so \"it\" is"), "r"), UTF_8);
      assertThat(error)
          .matches(
              "\\{\"error\":\\{\"message\":\".+\",\"type\":\"\\w+\",\"param\":null,\"code\":.+}}");
    }
  }

  @Test
  void nothingFollowsTheEndOfAStream() {
    Answer answer = DIALECT.answer(understood(user("x")), new Identity("x", 1, "m"));
    ByteSink out = new ByteSink();
    answer.said(new ChatEvent.Finished(FinishReason.STOP, Counts.NONE), out);
    ChatStreamGrammar.check(out.take());

    answer.heartbeat(out);
    answer.said(new ChatEvent.Text("late"), out);
    answer.broke(Failure.of(Failure.Kind.INTERNAL, "late"), out);

    assertThat(out.isEmpty()).isTrue();
  }

  private static Reasoning effort(String body, String field) {
    return understood(body.formatted(field)).request().reasoning();
  }

  private static String user(String text) {
    return "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(text);
  }

  private static Decoded.Understood understood(String body) {
    return (Decoded.Understood) DIALECT.decode(body.getBytes(UTF_8));
  }

  private static Failure refused(byte[] body) {
    return ((Decoded.Misunderstood) DIALECT.decode(body)).failure();
  }

  private static boolean valid(ChatBody.Encoded encoded) throws IOException {
    byte[] body = ((ChatBody.Encoded.Body) encoded).bytes();
    return JsonMapper.builder().build().readTree(body).isObject();
  }

  private static List<byte[]> golden(String name) throws IOException {
    List<byte[]> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden/openai"))) {
      for (Path file : files.filter(f -> f.endsWith(name)).sorted().toList()) {
        found.add(Files.readAllBytes(file));
      }
    }
    return found;
  }

  /** The body with a few of its bytes, or of its words, gone astray. */
  private static byte[] mutated(byte[] body, Random random) {
    String[] odd = {"null", "[]", "{}", "\"\"", "-1", "1e999", "true", "\"\\ud800\"", "[[[", "NaN"};
    if (random.nextBoolean()) {
      String text = new String(body, UTF_8);
      String[] words = text.split("(?<=[:\\[,])\\s*", -1);
      words[random.nextInt(words.length)] = odd[random.nextInt(odd.length)] + ",";
      return String.join("", words).replace(",,", ",").getBytes(UTF_8);
    }
    byte[] bytes = Arrays.copyOf(body, body.length - random.nextInt(body.length / 4));
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
