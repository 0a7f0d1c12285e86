package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that nobody should send, at every door where bodies come in. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class FuzzTest {
  private static final int CLIENTS = 8;
  private static final int BODIES_EACH = 1_250;
  private static final long SEED = Long.getLong("seed", 20_261_121);
  private static final String OPENAI_ERROR = "{\"error\":{\"message\":\"";
  private static final String ANTHROPIC_ERROR = "{\"type\":\"error\",\"error\":{\"type\":\"";

  private static final String CHAT_BODY =
      """
      {"model":"m","max_tokens":20,"stream":false,"temperature":0.5,"stop":["x"],
       "messages":[{"role":"system","content":"a"},{"role":"user","content":"b"},
        {"role":"assistant","content":null,"tool_calls":[{"id":"call_12345678",
         "type":"function","function":{"name":"f","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"call_12345678","content":"c"}],
       "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],
       "response_format":{"type":"json_object"},"tool_choice":"auto"}
      """;
  private static final String MESSAGES_BODY =
      """
      {"model":"m","max_tokens":20,"stream":true,"system":[{"type":"text","text":"a"}],
       "thinking":{"type":"enabled","budget_tokens":1024},"stop_sequences":["x"],
       "messages":[{"role":"user","content":[{"type":"text","text":"b"},{"type":"image",
         "source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}]},
        {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"f","input":{}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"c"}]}],
       "tools":[{"name":"f","input_schema":{"type":"object","properties":{"p":{}}}}],
       "tool_choice":{"type":"auto"},"metadata":{"user_id":"u"}}
      """;
  private static final String RESPONSES_BODY =
      """
      {"model":"m","instructions":"a","max_output_tokens":20,"stream":true,"top_logprobs":2,
       "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"b"},
         {"type":"input_image","image_url":"data:image/png;base64,iVBORw0KGgo="}]},
        {"type":"reasoning","summary":[{"type":"summary_text","text":"c"}]},
        {"type":"function_call","name":"f","arguments":"{}","call_id":"call_1"},
        {"type":"function_call_output","call_id":"call_1","output":"d"},
        {"type":"custom_tool_call","name":"g","input":"e","call_id":"call_2"},
        {"type":"local_shell_call_output","call_id":"call_3","output":"x"}],
       "tools":[{"type":"function","name":"f","parameters":{"type":"object"}},
        {"type":"custom","name":"g"},{"type":"local_shell"},{"type":"web_search"},
        {"type":"namespace","name":"n","tools":[{"type":"function","name":"h"}]}],
       "text":{"format":{"type":"json_object"}},"tool_choice":"auto","include":[],"store":true,
       "reasoning":{"effort":"low"},"metadata":{"user_id":"u"}}
      """;
  private static final String RESPONSES_TEXT =
      "{\"model\":\"m\",\"input\":\"b\",\"previous_response_id\":null,\"store\":false}";

  private static final List<String> COMPLETIONS =
      List.of(
          """
          {"model":"m","prompt":"Once","max_tokens":4,"temperature":0.5,"stop":["x"],"n":2,
           "seed":7,"logprobs":2,"user":"u","best_of":2,"echo":false,"suffix":null}
          """,
          """
          {"model":"m","prompt":["a","b","c"],"stream":true,"echo":true,"max_tokens":2,
           "stream_options":{"include_usage":true},"logit_bias":{"5":1},"metadata":{"user_id":"u"}}
          """,
          """
          {"model":"m","prompt":"def f(","suffix":"return","max_tokens":3,"stream":false}
          """);
  private static final List<String> EMBEDDINGS =
      List.of(
          """
          {"model":"e","input":"hello","encoding_format":"base64","dimensions":8,"user":"u"}
          """,
          """
          {"model":"e","input":["a","b","c"],"encoding_format":"float","metadata":{"user_id":"u"}}
          """,
          """
          {"model":"m","input":[1,2,3]}
          """);

  /**
   * A path that takes bodies, how its errors begin, and what belongs there; other endpoints may be
   * added.
   */
  private record Door(String path, String error, List<String> proper) {
    HostileBodies bodies(long seed) {
      return new HostileBodies(proper, seed);
    }

    @Override
    public String toString() {
      return path;
    }
  }

  static Stream<Door> doors() {
    return Stream.of(
        new Door("/v1/chat/completions", OPENAI_ERROR, List.of(CHAT_BODY, MESSAGES_BODY)),
        new Door("/v1/completions", OPENAI_ERROR, COMPLETIONS),
        new Door("/v1/embeddings", OPENAI_ERROR, EMBEDDINGS),
        new Door("/v1/responses", OPENAI_ERROR, List.of(RESPONSES_BODY, RESPONSES_TEXT)),
        new Door(
            "/v1/responses/input_tokens", OPENAI_ERROR, List.of(RESPONSES_BODY, RESPONSES_TEXT)),
        new Door("/v1/responses/compact", OPENAI_ERROR, List.of(RESPONSES_BODY, RESPONSES_TEXT)),
        new Door("/v1/messages", ANTHROPIC_ERROR, List.of(MESSAGES_BODY, CHAT_BODY)),
        new Door("/v1/messages/count_tokens", ANTHROPIC_ERROR, List.of(MESSAGES_BODY, CHAT_BODY)));
  }

  private final Stack stack =
      Stack.start(
          Recipe.of(
                  1,
                  Recipe.instant()
                      .withModels(
                          SimulatedModel.plain(
                              "m",
                              Capability.COMPLETION,
                              Capability.INSERT,
                              Capability.TOOLS,
                              Capability.THINKING,
                              Capability.VISION),
                          SimulatedModel.plain("e", Capability.EMBEDDING)))
              .models("m", "e"));

  @AfterEach
  void close() {
    stack.close();
  }

  @ParameterizedTest
  @MethodSource("doors")
  void areAnsweredInTheFamilysWords(Door door) throws Exception {
    int served = 0;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all =
          IntStream.range(0, CLIENTS)
              .mapToObj(number -> clients.submit(() -> asked(door, SEED + number)))
              .toList();
      for (Future<Integer> one : all) {
        served += one.get();
      }
    }
    assertThat(stack.silentWaits()).isZero();
    int bodies = CLIENTS * BODIES_EACH;
    assertThat(served).as("bodies that were understood").isBetween(bodies / 50, bodies * 2 / 3);
  }

  /** How many bodies were understood. */
  private int asked(Door door, long seed) throws IOException {
    HostileBodies bodies = door.bodies(seed);
    int served = 0;
    RawClient client = stack.client();
    for (int i = 0; i < BODIES_EACH; i++) {
      client.send(bodies.request(door.path));
      RawClient.Reply reply = client.reply();

      assertSound(reply, door, "seed %d, body %d, %s".formatted(seed, i, door));
      served += reply.status() == 200 ? 1 : 0;
      if (reply.header("connection").equals("close")) {
        client.close();
        client = stack.client();
      }
    }
    client.close();
    return served;
  }

  private static void assertSound(RawClient.Reply reply, Door door, String which) {
    assertThat(reply.status()).as("%s: %s", which, reply.body()).isIn(200, 400, 404, 413, 415);
    assertThat(reply.properlyEnded()).as(which).isTrue();
    assertThat(reply.body()).as(which).doesNotContain("Exception", "java.", "\tat ");
    if (reply.status() != 200) {
      assertThat(reply.body()).as(which).startsWith(door.error);
    }
  }
}
