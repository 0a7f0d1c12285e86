package com.visiquate.ccproxy.dialect.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.ollama.ReplyReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever Ollama says, in whatever pieces it arrives: its clients get valid lines, streamed or
 * whole, and nothing is lost.
 */
final class RandomLinesTest {
  private static final int ROUNDS = 3_000;
  private static final List<String> WORDS =
      List.of("a", " b", "naïve", "日本", "🚀", "\\\"", "\\\\", "\\n", "\\u0000", "{", "}\\t", "<");

  /** What Ollama says, and what must arrive of it. */
  private static final class Script {
    final StringBuilder lines = new StringBuilder();
    final StringBuilder text = new StringBuilder();
    final StringBuilder thinking = new StringBuilder();
    final List<String> calls = new ArrayList<>();
    boolean done;
  }

  @Test
  void everyInterleavingBecomesAValidAnswer() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("RandomLinesTest seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Script script = script(random);
      assertSaid(NativeStreamGrammar.check(answered(script, true, random)), script);
      NativeStreamGrammar whole = NativeStreamGrammar.checkWhole(answered(script, false, random));
      assertThat(whole.error() == null).isEqualTo(script.done);
      if (script.done) {
        assertSaid(whole, script);
      }
    }
  }

  private static void assertSaid(NativeStreamGrammar heard, Script script) {
    assertThat(heard.text()).isEqualTo(script.text.toString());
    assertThat(heard.thinking()).isEqualTo(script.thinking.toString());
    assertThat(heard.calls()).isEqualTo(script.calls);
    assertThat(heard.error() == null).isEqualTo(script.done);
  }

  private static byte[] answered(Script script, boolean stream, Random random) {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":%s}"
            .formatted(stream);
    Decoded.Understood understood =
        (Decoded.Understood) NativeEndpoints.CHAT.decode(body.getBytes(UTF_8));
    ReplyReader reader = new ReplyReader(understood.request());
    Answer answer = NativeEndpoints.CHAT.answer(understood, new Identity("x", 1, "m"));
    ByteSink out = new ByteSink();
    for (byte[] read : pieces(script.lines.toString().getBytes(UTF_8), random)) {
      for (ChatEvent event : reader.read(read)) {
        answer.said(event, out);
      }
      if (random.nextInt(4) == 0) {
        answer.heartbeat(out);
      }
    }
    if (reader.end() instanceof ReplyReader.End.Broken broken) {
      answer.broke(broken.failure(), out);
    }
    return out.take();
  }

  private static Script script(Random random) {
    Script script = new Script();
    for (int lines = random.nextInt(12); lines > 0; lines--) {
      line(script, random, false);
    }
    switch (random.nextInt(6)) {
      case 0 -> script.lines.append("{\"error\":\"gone\"}\n");
      case 1 -> script.lines.append("{\"message\":{\"content\":\"lost");
      case 2 -> {}
      default -> {
        line(script, random, true);
        script.done = true;
      }
    }
    return script;
  }

  private static void line(Script script, Random random, boolean done) {
    script.lines.append("{\"model\":\"q\",\"message\":{\"role\":\"assistant\",\"content\":\"");
    script.lines.append(words(random, script.text)).append('"');
    if (random.nextInt(3) == 0) {
      script.lines.append(",\"thinking\":\"").append(words(random, script.thinking)).append('"');
    }
    if (random.nextInt(4) == 0) {
      calls(script, random);
    }
    script.lines.append("},\"done\":").append(done);
    script.lines.append(done ? ",\"done_reason\":\"stop\",\"eval_count\":3" : "");
    script.lines.append(random.nextBoolean() ? "}\n" : "}\r\n");
  }

  private static void calls(Script script, Random random) {
    List<String> calls = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String id = random.nextInt(3) == 0 ? "" : "call_" + random.nextInt(4);
      String name = "f" + random.nextInt(3);
      String arguments = "{\"n\":" + random.nextInt() + ",\"s\":\"é}\"}";
      calls.add(
          "{\"id\":\"%s\",\"function\":{\"index\":0,\"name\":\"%s\",\"arguments\":%s}}"
              .formatted(id, name, arguments));
      script.calls.add(name + arguments);
    }
    script.lines.append(",\"tool_calls\":[").append(String.join(",", calls)).append(']');
  }

  /** Some words, escaped; what they mean is added to what must arrive. */
  private static String words(Random random, StringBuilder said) {
    StringBuilder escaped = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      String word = WORDS.get(random.nextInt(WORDS.size()));
      escaped.append(word);
      said.append(word.replace("\\u0000", "\0").translateEscapes());
    }
    return escaped.toString();
  }

  private static List<byte[]> pieces(byte[] bytes, Random random) {
    List<byte[]> pieces = new ArrayList<>();
    int most = 1 + random.nextInt(200);
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(most));
      pieces.add(Arrays.copyOfRange(bytes, at, end));
      at = end;
    }
    return pieces;
  }
}
