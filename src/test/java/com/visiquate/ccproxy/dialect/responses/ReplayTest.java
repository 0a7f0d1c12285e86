package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.StorableAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReplayTest {
  private static final String TOOLS =
      "\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"custom\",\"name\":\"g\"},"
          + "{\"type\":\"local_shell\"}],\"include\":[\"reasoning.encrypted_content\"]";

  /** All kinds of items, each text in one piece: so the events are the very same. */
  @Test
  void isTheStreamThatBuiltTheResponse() {
    Talk talk =
        Talk.streamed(TOOLS)
            .thinks("hm")
            .says("a \"b\"\n")
            .calls("1", "f", "{\"x\":1}")
            .calls("2", "g", "{\"input\":\"y\"}")
            .calls("3", "local_shell", "{\"command\":[\"ls\"]}");
    String stream = talk.ends();

    assertThat(replayed(talk.answer(), null)).isEqualTo(stream);
  }

  @Test
  void joinsThePieces() {
    Talk talk = Talk.streamed().says("a").says("b").beats();
    ResponsesStreamGrammar first = ResponsesStreamGrammar.check(talk.ends());

    ResponsesStreamGrammar again = ResponsesStreamGrammar.check(replayed(talk.answer(), null));
    assertThat(again.text()).isEqualTo("ab");
    assertThat(again.response()).isEqualTo(first.response());
  }

  @Test
  void endsAsTheResponseEnded() {
    Talk talk = Talk.streamed().says("a");
    String stream = talk.ends(FinishReason.LENGTH);

    assertThat(replayed(talk.answer(), null))
        .isEqualTo(stream)
        .contains("event: response.incomplete");
  }

  @Test
  void goesOnBehindTheLastEventThatWasSeen() {
    Talk talk = Talk.streamed().says("a");
    String stream = talk.ends();
    List<String> frames = List.of(stream.split("(?<=\n\n)", -1));

    assertThat(replayed(talk.answer(), "3"))
        .isEqualTo(String.join("", frames.subList(4, frames.size())))
        .contains("\"sequence_number\":4");
    assertThat(replayed(talk.answer(), "99")).isEmpty();
    assertThat(replayed(talk.answer(), "x")).isEqualTo(stream);
  }

  private static String replayed(StorableAnswer answer, @Nullable String after) {
    StoredResponse stored = answer.stored().orElseThrow();
    return new String(StoredBodies.streamed(stored, after), UTF_8);
  }
}
