package com.visiquate.ccproxy.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLineTest {
  private static final String LINE =
      "{\"model\":\"qwen2.5-coder:7b\",\"created_at\":\"2026-11-21T09:24:50.6Z\","
          + "\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"done\":false}";

  private static final String CHANGES = "\"\\{},:a \u0001é";

  @ParameterizedTest
  @ValueSource(strings = {"", " the", "}", "{\u007f", "\u2028 é", "'"})
  void readsAPieceOfPlainText(String text) {
    boolean ascii = text.chars().allMatch(c -> c < 128);
    assertThat(read(LINE.formatted(text))).isEqualTo(ascii ? text : null);
  }

  @Test
  void readsFromTheMiddleOfALargerRead() {
    byte[] line = LINE.formatted("one").getBytes(StandardCharsets.US_ASCII);
    byte[] both = new byte[line.length * 2];
    System.arraycopy(line, 0, both, 0, line.length);
    System.arraycopy(line, 0, both, line.length, line.length);

    TextLine reader = new TextLine();
    assertThat(reader.read(both, line.length, both.length)).isEqualTo("one");
    assertThat(reader.read(both, 0, both.length)).isNull();
    assertThat(reader.read(both, 1, line.length)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model\":\"m\"}",
        "{\"model\":\"m\",\"created_at\":\"c\",\"response\":\"r\",\"done\":false}",
        "{\"model\":1,\"created_at\":\"c\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"c\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"done\":true}",
        "{\"model\":\"m\",\"created_at\":\"c\",\"message\":{\"role\":\"assistant\",\"content\":\"a\",\"thinking\":\"b\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"c\",\"message\":{\"role\":\"assistant\",\"content\":\"a\\n"
            + "\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"c\",\"message\":{\"role\":\"assistant\",\"content\":\"a"
            + "\tb\"},\"done\":false}",
        "{\"model\":\"m\\\"\",\"created_at\":\"c\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"done\":false}",
        "{\"model\":\"m\",\"created_at\":\"c\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"done\":false}"
            + " "
      })
  void leavesEveryOtherLineToTheReaderOfJson(String line) {
    assertThat(read(line)).isNull();
  }

  /** Lines that were changed in a few places: whatever it reads, the reader of JSON reads too. */
  @Test
  void neverReadsAnythingElseThanTheReaderOfJson() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    TextLine reader = new TextLine();
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] line = LINE.formatted("a piece of text").getBytes(StandardCharsets.US_ASCII);
      for (int change = random.nextInt(3); change > 0; change--) {
        line[random.nextInt(line.length)] = (byte) CHANGES.charAt(random.nextInt(CHANGES.length()));
      }
      String text = reader.read(line, 0, line.length);
      if (text != null) {
        read++;
        assertThat(text).isEqualTo(Line.parse(line, 0, line.length).content);
      }
    }
    assertThat(read).isBetween(8_000, 19_000);
  }

  private static @Nullable String read(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return new TextLine().read(bytes, 0, bytes.length);
  }
}
