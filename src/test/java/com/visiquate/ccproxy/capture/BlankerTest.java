package com.visiquate.ccproxy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.bus.CaptureMessage.Turn;
import com.visiquate.ccproxy.chat.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is taken out of a conversation before it is written. */
final class BlankerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = 2_000;
  private final Blanker blanker = new Blanker(List.of(Pattern.compile("CUST-[0-9]{6}")));

  @Test
  void takesOutEachShapeAndLeavesTheRest() {
    for (String secret : Secrets.all(new Random(1))) {
      assertThat(blanker.text("before " + secret)).startsWith("before [blanked]");
      assertThat(blanker.text("before " + secret)).doesNotContain(Secrets.core(secret));
    }
  }

  @Test
  void leavesProgramsAlone() {
    String program =
        """
        @Override public String token(Token token) { return tokens.get("a"); }
        password = os.environ["PASSWORD"]; api_key=settings.key
        git clone https://github.com/a/b; cmp a@b; x = y @ z; s = sk-1
        """;

    assertThat(blanker.text(program)).isEqualTo(program);
    assertThat(blanker.json("{\"a\":[1,2.5,null,true,\"x\"]}"))
        .isEqualTo("{\"a\":[1,2.5,null,true,\"x\"]}");
  }

  @Test
  void findsASecretByTheNameThatItHasInJson() {
    assertThat(blanker.json("{\"password\":\"hunter2hunter2\",\"file\":\"a\"}"))
        .isEqualTo("{\"password\":\"[blanked]\",\"file\":\"a\"}");
  }

  @Test
  void findsWhatIsEscapedInJson() {
    assertThat(blanker.json("{\"to\":\"alice\\u0040example.com\"}"))
        .isEqualTo("{\"to\":\"[blanked]\"}");
    assertThat(blanker.json("{\"alice@example.com\":1}")).isEqualTo("{\"[blanked]\":1}");
    assertThat(blanker.json("no json: alice@example.com")).isEqualTo("no json: [blanked]");
  }

  @Test
  void aPatternThatMatchesWhatTakesItsPlaceLeavesNothing() {
    Blanker strange = new Blanker(List.of(Pattern.compile("[a-z]+")));

    assertThat(strange.text("secret")).isEmpty();
  }

  @Test
  void aCaptureNeverHoldsWhatThePatternsBlank() throws JsonProcessingException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> planted = new ArrayList<>();
      String line = Line.of(turn(random, planted), blanker).json();

      for (String secret : planted) {
        assertThat(line)
            .as("seed %d, round %d: %s", seed, round, secret)
            .doesNotContain(Secrets.core(secret));
      }
      for (String text : texts(JSON.readTree(line))) {
        assertThat(blanker.isSecret(text)).as("seed %d, round %d: %s", seed, round, text).isFalse();
      }
    }
  }

  private static Turn turn(Random random, List<String> planted) throws JsonProcessingException {
    List<Message> asked = new ArrayList<>();
    asked.add(new Message.Instruction(text(random, planted)));
    // Parts of one message are one text, however a client has cut them.
    asked.add(new Message.User(text(random, planted) + "\n" + text(random, planted)));
    asked.add(Turns.calls(text(random, planted), Turns.call("c1", arguments(random, planted))));
    asked.add(Turns.result("c1", arguments(random, planted)));
    asked.add(Turns.result("", text(random, planted)));
    Message.Assistant answer =
        Turns.calls(text(random, planted), Turns.call("c2", arguments(random, planted)));
    return Turns.turn("c", 0, answer, asked.toArray(Message[]::new));
  }

  private static String text(Random random, List<String> planted) {
    if (random.nextInt(3) == 0) {
      return Secrets.noise(random);
    }
    String secret = Secrets.any(random);
    planted.add(secret);
    return Secrets.within(secret, random);
  }

  private static String arguments(Random random, List<String> planted)
      throws JsonProcessingException {
    ObjectNode arguments = JSON.createObjectNode();
    arguments.put("command", text(random, planted));
    arguments.putObject("nested").putArray("list").add(text(random, planted)).add(7);
    String text = JSON.writeValueAsString(arguments);
    return random.nextBoolean() ? text.replace("@", "\\u0040") : text;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }
}
