package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.fault.Extent;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.speech.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Ollama says instead of an answer, and what the client of each dialect makes of it. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class UpstreamErrorsTest {
  private static final List<String> ABOUT_THE_REQUEST =
      List.of(
          "invalid JSON schema in format",
          "failed to parse grammar",
          "failed to process inputs: image: unknown format",
          "option \\\"seed\\\" must be of type integer");

  private static final String CUT_CALL =
      "llama-server returned invalid tool call arguments for \"f\": unexpected end of JSON input";

  private final List<Stack> stacks = new ArrayList<>();

  @AfterEach
  void close() {
    stacks.forEach(Stack::close);
  }

  @ParameterizedTest
  @EnumSource
  void anErrorOfTheRequestIsTriedOnceAndIsItsOwnFault(Door door) throws IOException {
    Stack stack = stack(2);
    for (String text : ABOUT_THE_REQUEST) {
      long before = asked(stack, door);
      everywhere(stack, Fault.Status.error(500, text.replace("\\", "")), new Extent.Next(1));
      RawClient.Reply reply = ask(stack, door, "hello", text.length() % 2 == 0);

      assertThat(reply.status()).as(reply.body()).isEqualTo(400);
      assertThat(reply.body()).contains(text);
      assertThat(reply.header("x-should-retry")).isEqualTo("false");
      assertThat(asked(stack, door) - before).isEqualTo(1);
      assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.REFUSED);
      stack.ollamas().forEach(ollama -> Waits.done(ollama.heal()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aModelThatOneOllamaLacksIsAnsweredByAnother(Door door) throws IOException {
    Stack stack = stack(2);
    Waits.done(stack.ollama(0).inject(lacks(), new Extent.Always()));
    for (int i = 0; i < 4; i++) {
      RawClient.Reply reply = ask(stack, door, "hello", i % 2 == 0);
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aModelThatEveryOllamaLacksIsNotFound(Door door) throws IOException {
    Stack stack = stack(2);
    everywhere(stack, lacks(), new Extent.Always());
    RawClient.Reply reply = ask(stack, door, "hello", false);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body())
        .contains(
            switch (door) {
              case MESSAGES -> "\"type\":\"not_found_error\",\"message\":\"model: ";
              case NATIVE_CHAT, NATIVE_GENERATE -> "{\"error\":\"model 'm' not found";
              default -> "\"code\":\"model_not_found\"";
            });
    assertThat(reply.header("x-should-retry")).isEqualTo("false");
    assertThat(asked(stack, door)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aWholeAnswerBeginsAnewWhereItsBackendDiesInTheMiddle(Door door) throws IOException {
    Stack stack = stack(2);
    for (Fault fault :
        List.of(
            new Fault.Reset(1),
            new Fault.Truncated(2),
            new Fault.SilentEnd(1),
            Fault.ErrorLine.runnerKilled(2),
            new Fault.MalformedLine(1))) {
      Waits.done(stack.ollama(0).inject(fault, new Extent.Next(1)));
      RawClient.Reply reply = untilTriedTwice(stack, door);

      assertThat(reply.status()).as("%s: %s", fault, reply.body()).isEqualTo(200);
      assertThat(reply.body()).contains("abc").doesNotContain("aabc", "ababc");
    }
  }

  /** Every Ollama gets its turn; who meets the fault is answered by the other one. */
  private static RawClient.Reply untilTriedTwice(Stack stack, Door door) throws IOException {
    RawClient.Reply reply = ask(stack, door, "three", false);
    ExchangeEnded end = stack.nextEnd();
    assertThat(end.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(stack.endsLeft()).isZero();
    return reply.header("x-ccproxy-attempts").equals("2") ? reply : untilTriedTwice(stack, door);
  }

  @ParameterizedTest
  @EnumSource
  void aWholeAnswerThatDiesEverywhereIsAnError(Door door) throws IOException {
    Stack stack = stack(2);
    everywhere(stack, new Fault.Truncated(1), new Extent.Always());
    RawClient.Reply reply = ask(stack, door, "three", false);

    assertThat(reply.status()).isGreaterThanOrEqualTo(500);
    assertAdvised(reply);
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.BACKEND_LOST);
    assertThat(stack.endsLeft()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aRunnerThatDiesSaysWhenToComeBack(Door door) throws IOException {
    Stack stack = stack(1);
    for (boolean stream : new boolean[] {false, true}) {
      for (Fault fault :
          List.of(
              Fault.Status.error(500, "model runner has unexpectedly stopped"),
              Fault.Status.error(
                  500, "an error was encountered while running the model: unexpected EOF"),
              Fault.ErrorLine.runnerKilled(0),
              new Fault.Reset(0))) {
        everywhere(stack, fault, new Extent.Always());
        RawClient.Reply reply = ask(stack, door, "hello", stream);
        assertThat(reply.status()).as(reply.body()).isGreaterThanOrEqualTo(500);
        assertAdvised(reply);
        stack.ollamas().forEach(ollama -> Waits.done(ollama.heal()));
        stack.untilUp(0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CHAT", "RESPONSES", "MESSAGES", "NATIVE_CHAT"})
  void theTokenLimitInsideACallIsAnEnd(Door door) throws IOException {
    Stack stack = stack(1);
    for (boolean stream : new boolean[] {false, true}) {
      for (Fault fault :
          List.of(Fault.Status.error(500, CUT_CALL), new Fault.ErrorLine(2, CUT_CALL))) {
        everywhere(stack, fault, new Extent.Next(1));
        RawClient.Reply reply = ask(stack, door, "three", stream);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).contains(limited(door)).doesNotContain("error\":{");
        assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
      }
    }
  }

  private static String limited(Door door) {
    return switch (door) {
      case MESSAGES -> "\"stop_reason\":\"max_tokens\"";
      case RESPONSES -> "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}";
      case NATIVE_CHAT, NATIVE_GENERATE -> "\"done_reason\":\"length\"";
      case CHAT, COMPLETIONS -> "\"finish_reason\":\"length\"";
    };
  }

  @ParameterizedTest
  @EnumSource
  void aPromptThatIsTooLongIsTooLongByMoreThanOne(Door door) throws IOException {
    Stack stack = stack(1);
    everywhere(
        stack,
        Fault.Status.error(400, "the input length exceeds the context length"),
        new Extent.Always());
    RawClient.Reply reply = ask(stack, door, "word ".repeat(8_000), false);

    assertThat(reply.status()).isEqualTo(400);
    String numbers = reply.body().replaceAll("\\D+", " ");
    assertThat(numbers.strip().split(" "))
        .contains("4096")
        .anyMatch(number -> number.length() < 7 && Integer.parseInt(number) > 5_000);
  }

  private static void assertAdvised(RawClient.Reply reply) {
    assertThat(reply.header("x-should-retry")).isEqualTo("true");
    assertThat(Integer.parseInt(reply.header("retry-after"))).isPositive();
  }

  private static Fault lacks() {
    return Fault.Status.error(404, "model 'm' not found");
  }

  private Stack stack(int ollamas) {
    Stack stack =
        Stack.start(Recipe.of(ollamas, Recipe.instant()).with("routing: {strategy: round-robin}"))
            .answer("three", Script.text("a", "b", "c"))
            .answer("hello", Script.text("hi"));
    stacks.add(stack);
    return stack;
  }

  private static void everywhere(Stack stack, Fault fault, Extent extent) {
    stack.ollamas().forEach(ollama -> Waits.done(ollama.inject(fault, extent)));
  }

  private static long asked(Stack stack, Door door) {
    return stack.ollamas().stream()
        .mapToLong(ollama -> ollama.seen().requests(door.upstream()))
        .sum();
  }

  private static RawClient.Reply ask(Stack stack, Door door, String question, boolean stream)
      throws IOException {
    try (RawClient client = stack.client().post(door.path(), door.body(question, stream))) {
      return client.reply();
    }
  }
}
