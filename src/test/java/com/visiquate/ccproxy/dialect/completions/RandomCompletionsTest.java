package com.visiquate.ccproxy.dialect.completions;

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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * However many texts go on at once, whatever Ollama says of them and in whatever pieces it arrives:
 * the stream is valid, and nothing is lost.
 */
final class RandomCompletionsTest {
  private static final List<String> WORDS = List.of("a", " b", "naïve", "日本", "🚀", "{", "<", "");
  private static final Completions DIALECT = new Completions();

  /** One text that goes on: what Ollama still has to say of it, and what must arrive. */
  private static final class Voice {
    final StringBuilder text = new StringBuilder();
    final List<byte[]> pieces;
    final boolean ends;
    private final ReplyReader reader;
    private int next;

    Voice(ReplyReader reader, Random random) {
      this.reader = reader;
      StringBuilder lines = new StringBuilder();
      for (int i = random.nextInt(8); i > 0; i--) {
        lines.append(line(random, text)).append("\"done\":false}\n");
      }
      ends = random.nextInt(10) > 0;
      String done = line(random, ends ? text : new StringBuilder());
      String error = "{\"error\":\"gone\"}\n";
      lines.append(ends ? done + "\"done\":true,\"eval_count\":2}\n" : error);
      pieces = pieces(lines.toString().getBytes(UTF_8), random);
    }

    boolean isOver() {
      return next == pieces.size();
    }

    List<ChatEvent> speak() {
      return reader.read(pieces.get(next++));
    }

    private static String line(Random random, StringBuilder text) {
      String word = WORDS.get(random.nextInt(WORDS.size()));
      text.append(word);
      String logprobs =
          "\"logprobs\":[{\"token\":\"%s\",\"logprob\":-1,\"top_logprobs\":[]}],".formatted(word);
      return "{\"response\":\"%s\",%s".formatted(word, random.nextBoolean() ? logprobs : "");
    }
  }

  @Test
  void everyInterleavingBecomesAValidStream() {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("RandomCompletionsTest seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      int count = 1 + random.nextInt(4);
      boolean usage = random.nextBoolean();
      Decoded.Understood understood = understood(count, usage);
      List<Voice> voices =
          understood.parts().stream()
              .map(part -> new Voice(new ReplyReader(part), random))
              .toList();

      CompletionStreamGrammar heard =
          CompletionStreamGrammar.check(streamed(understood, voices, random), count);

      boolean good = voices.stream().allMatch(voice -> voice.ends);
      assertThat(heard.error() == null).isEqualTo(good);
      assertThat(heard.usage() != null).isEqualTo(good && usage);
      for (int i = 0; good && i < count; i++) {
        assertThat(heard.text(i)).isEqualTo("p" + i + voices.get(i).text);
      }
    }
  }

  /** As the gateway does it: what one part fails, all do. */
  private static byte[] streamed(Decoded.Understood understood, List<Voice> voices, Random random) {
    Answer answer = DIALECT.answer(understood, new Identity("x", 1, "m"));
    ByteSink out = new ByteSink();
    List<Integer> open = new ArrayList<>(IntStream.range(0, voices.size()).boxed().toList());
    while (!open.isEmpty()) {
      int at = random.nextInt(open.size());
      int part = open.get(at);
      Voice voice = voices.get(part);
      voice.speak().forEach(event -> answer.said(part, event, out));
      if (random.nextInt(5) == 0) {
        answer.heartbeat(out);
      }
      if (voice.isOver()) {
        open.remove(at);
        if (voice.reader.end() instanceof ReplyReader.End.Broken broken) {
          answer.broke(broken.failure(), out);
        }
      }
    }
    return out.take();
  }

  private static Decoded.Understood understood(int count, boolean usage) {
    String prompts =
        IntStream.range(0, count)
            .mapToObj(i -> "\"p" + i + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    // Echoes and log probabilities do not go together, so the offsets are tested elsewhere.
    String body =
        "{\"model\":\"m\",\"prompt\":%s,\"echo\":true,\"stream\":true,"
            + "\"stream_options\":{\"include_usage\":%s}}";
    return (Decoded.Understood) DIALECT.decode(body.formatted(prompts, usage).getBytes(UTF_8));
  }

  private static List<byte[]> pieces(byte[] bytes, Random random) {
    List<byte[]> pieces = new ArrayList<>();
    int most = 1 + random.nextInt(100);
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(most));
      pieces.add(Arrays.copyOfRange(bytes, at, end));
      at = end;
    }
    return pieces;
  }
}
