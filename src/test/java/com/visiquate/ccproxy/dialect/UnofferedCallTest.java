package com.visiquate.ccproxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import com.visiquate.ccproxy.dialect.responses.Responses;
import com.visiquate.ccproxy.ollama.Errors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that calls a tool which nobody offered makes the newer line fail, not the request. */
final class UnofferedCallTest {
  private static final String RECORDED =
      "{\"error\":\"llama-server chat error: map[code:500 message:got exception: Unexpected empty"
          + " grammar stack after accepting piece: \\n{\\\"name\\\": \\\"get_weather\\\", (282)"
          + " type:server_error]\"}";

  private static Stream<Dialect> families() {
    return Stream.of(new OpenAiChat(), new Responses(), new Messages(), NativeEndpoints.CHAT);
  }

  @MethodSource("families")
  @ParameterizedTest
  void isTheModelsFaultInEveryFamily(Dialect family) {
    Failure failure = Errors.refused(500, RECORDED.getBytes(UTF_8), Trip.MODEL);

    assertThat(failure.kind()).isEqualTo(Failure.Kind.BACKEND_ERROR);
    assertThat(failure.detail()).contains("Unexpected empty grammar stack");
    assertThat(new String(family.error(failure, "req_1"), UTF_8))
        .contains("a tool that was not offered")
        .doesNotContain("response_format", "schema", "grammar", "get_weather")
        .satisfies(
            told ->
                assertThat(told)
                    .containsPattern("upstream_error|api_error|\\{\"error\":\"The model"));
  }
}
