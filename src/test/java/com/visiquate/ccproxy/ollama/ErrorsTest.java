package com.visiquate.ccproxy.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the golden folders do not show of refusals. */
final class ErrorsTest {
  private static final ModelSpec MODEL =
      new ModelSpec(
          new ModelName("m"), "m", 4096, List.of(new BackendId("a")), false, "5m", Map.of());

  @Test
  void knowsAPromptThatIsTooLongInEveryWording() {
    for (String text :
        List.of(
            "the input length exceeds the context length",
            "the prompt is longer than the context length currently available to the model; x",
            "exceeded the available context size")) {
      assertThat(refused(400, text).overflow()).isEqualTo(new Failure.Overflow(4097, 4096));
    }
    assertThat(
            refused(400, "request (5000 tokens) exceeds the available context size (4000 tokens)"))
        .extracting(Failure::overflow)
        .isEqualTo(new Failure.Overflow(5000, 4000));
  }

  @Test
  void theClientSeesNoAddressAndTheLogSeesEverything() {
    Failure failure =
        refused(
            400,
            "bad thing at http://10.1.2.3:11434/x and 10.1.2.3:80 or localhost:1 [::1]:99"
                + " box.lan:11435");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID);
    assertThat(failure.message())
        .contains("bad thing")
        .doesNotContain("10.1", "localhost", "::", "box");
    assertThat(failure.detail()).startsWith("400: bad thing at http://10.1.2.3:11434");
  }

  @Test
  void nothingThatAModelSaidIsLogged() {
    Failure failure = refused(500, "error parsing tool call: raw='my 'secret' plan', err=x");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.BACKEND_ERROR);
    assertThat(failure.detail()).doesNotContain("secret").contains("err=x");
  }

  @Test
  void aBodyThatIsNoJsonIsAFailureLikeAnyOther() {
    assertThat(Errors.refused(403, new byte[0], MODEL).kind())
        .isEqualTo(Failure.Kind.BACKEND_ERROR);
    assertThat(Errors.refused(502, "<html>".getBytes(UTF_8), MODEL).detail()).startsWith("502");
    assertThat(Errors.refused(400, "[]".getBytes(UTF_8), MODEL).kind())
        .isEqualTo(Failure.Kind.INVALID);
  }

  private static Failure refused(int status, String text) {
    byte[] body = "{\"error\":\"%s\"}".formatted(text).getBytes(UTF_8);
    return Errors.refused(status, body, MODEL);
  }
}
