package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who wants a kept answer or none gets none where there is none, whatever is configured. */
@Tag("endtoend")
@Timeout(60)
final class OnlyIfCachedTest {
  private static final String MESSAGE = "There is no stored answer for this request.";
  private static final Map<Door, String> FORMS =
      Map.of(
          Door.MESSAGES, "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"",
          Door.NATIVE_CHAT, "{\"error\":\"" + MESSAGE,
          Door.NATIVE_GENERATE, "{\"error\":\"" + MESSAGE);

  @ParameterizedTest
  @CsvSource({
    "''",
    "'cache: {join: none}'",
    "'cache: {ttl: 5m}'",
    "'cache: {ttl: 5m, join: none}'"
  })
  void isToldSoInItsOwnWords(String cache) throws IOException {
    try (Stack stack = Stack.start(Recipe.of(1, Recipe.instant()).with(cache))) {
      for (Door door : Door.values()) {
        for (boolean stream : new boolean[] {false, true}) {
          RawClient.Reply reply = ask(stack, door, stream);
          assertThat(reply.status()).as("%s %s", door, stream).isEqualTo(504);
          assertThat(reply.body())
              .startsWith(FORMS.getOrDefault(door, "{\"error\":{\"message\":\""))
              .contains(MESSAGE);
          assertThat(reply.header("x-should-retry")).isEqualTo("false");
        }
        assertThat(stack.ollama(0).seen().requests(door.upstream())).isZero();
      }
    }
  }

  private static RawClient.Reply ask(Stack stack, Door door, boolean stream) throws IOException {
    Map<String, String> headers = Map.of("cache-control", "max-age=60, Only-If-Cached");
    try (RawClient client = stack.client().post(door.path(), door.body("x", stream), headers)) {
      return client.reply();
    }
  }
}
