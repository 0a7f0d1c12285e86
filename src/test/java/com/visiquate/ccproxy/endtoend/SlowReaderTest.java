package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that takes its answer slower than it is made. */
@Tag("endtoend")
final class SlowReaderTest {
  private static final String PIECE = "x".repeat(16 << 10);
  private static final int PIECES = 4_000;

  @Test
  void getsAllOfAnAnswerThatItReadsLate() throws IOException {
    try (Stack stack = Stack.start(Recipe.of(1, Recipe.instant().withSlots(2)));
        RawClient slow =
            stack.answer("long", Script.text(pieces(20))).asking(Chat.streamed("long"))) {
      RawClient.Reply head = slow.head();
      stack.untilSeen(0, seen -> seen.runningNow() == 0);
      assertQuick(stack);
      assertThat(Chat.timeless(slow.rest(head).body())).isEqualTo(Chat.stream(head, pieces(20)));
    }
  }

  /** Beyond a bound the gateway lets go instead of keeping megabytes for it. */
  @Test
  void losesAnAnswerThatItDoesNotRead() throws IOException {
    try (Stack stack = Stack.start(Recipe.of(1, Recipe.instant().withSlots(2)));
        RawClient slow =
            stack.answer("long", breathing(pieces(PIECES))).asking(Chat.streamed("long"))) {
      RawClient.Reply head = slow.head();
      assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CLIENT_GONE);
      assertQuick(stack);
      stack.untilSeen(0, seen -> seen.runningNow() == 0);
      String body = slow.rest(head).body();
      assertThat(body).doesNotContain(Chat.DONE).contains("client_closed_request");
      assertThat(body.length()).isLessThan(PIECES * PIECE.length());
      assertThat(stack.silentWaits()).isZero();
    }
  }

  private static void assertQuick(Stack stack) throws IOException {
    stack.answer("quick", Script.text("q"));
    RawClient.Reply reply = stack.ask(Chat.streamed("quick"));
    assertThat(Chat.timeless(reply.body())).isEqualTo(Chat.stream(reply, "q"));
  }

  /** With moments in between: all at once, a few messages would hold the whole answer. */
  private static Script breathing(String[] pieces) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < pieces.length; i++) {
      steps.add(new Step.Text(pieces[i]));
      if (i % 8 == 7) {
        steps.add(new Step.Pause(Duration.ofMillis(1)));
      }
    }
    return Script.of(steps.toArray(Step[]::new));
  }

  private static String[] pieces(int count) {
    String[] pieces = new String[count];
    Arrays.fill(pieces, PIECE);
    return pieces;
  }
}
