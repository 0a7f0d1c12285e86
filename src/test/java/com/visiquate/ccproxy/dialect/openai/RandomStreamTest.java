package com.visiquate.ccproxy.dialect.openai;

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
 * Whatever Ollama says, in whatever pieces it arrives: the stream is valid, and nothing is lost.
 */
final class RandomStreamTest {
  private static final List<String> WORDS =
      List.of("a", " b", "naïve", "日本", "🚀", "\\\"", "\\\\n", "\\n", "\\u0000", "{", "\\t", "<");
  private static final OpenAiChat DIALECT = new OpenAiChat();

  /** What Ollama says, and what must arrive of it. */
  private static final class Script {
    final StringBuilder lines = new StringBuilder();
    final StringBuilder text = new StringBuilder();
    final StringBuilder thinking = new StringBuilder();
    final List<String> calls = new ArrayList<>();
    boolean done;
  }

  @Test
  void everyInterleavingBecomesAValidStream() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("RandomStreamTest seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      Script script = script(random);
      boolean usage = random.nextBoolean();
      ChatStreamGrammar heard = ChatStreamGrammar.check(streamed(script, usage, random));
      assertThat(heard.text()).isEqualTo(script.text.toString());
      assertThat(heard.thinking()).isEqualTo(script.thinking.toString());
      assertThat(heard.calls()).isEqualTo(script.calls);
      assertThat(heard.error() == null).isEqualTo(script.done);
    }
  }

  private static byte[] streamed(Script script, boolean usage, Random random) {
    String body =
        """
        {"model":"m","messages":[{"role":"user","content":"x"}],"stream":true,\
        "stream_options":{"include_usage":%s}}
        """
            .formatted(usage);
    Decoded.Understood understood = (Decoded.Understood) DIALECT.decode(body.getBytes(UTF_8));
    ReplyReader reader = new ReplyReader(understood.request());
    Answer answer = DIALECT.answer(understood, new Identity("x", 1, "m"));
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
    int lines = random.nextInt(12);
    for (int i = 0; i < lines; i++) {
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
    script.lines.append("{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"");
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
          """
          {"id":"%s","function":{"index":0,"name":"%s","arguments":%s}}\
          """
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
      said.append(
          word.replace("\\\\n", "\u0001")
              .replace("\\\"", "\"")
              .replace("\\n", "\n")
              .replace("\\u0000", "\0")
              .replace("\\t", "\t")
              .replace("\u0001", "\\n"));
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
