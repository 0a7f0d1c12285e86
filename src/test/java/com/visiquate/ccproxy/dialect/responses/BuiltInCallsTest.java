package com.visiquate.ccproxy.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Models that do not know a client's own tools by heart are often nearly right. */
final class BuiltInCallsTest {
  @Test
  void letsAShellTakeACommandInOnePieceApart() {
    JsonNode action = item("local_shell", "{\"command\":\"ls | wc\"}").get("action");

    assertThat(action.get("command").toString()).isEqualTo("[\"bash\",\"-lc\",\"ls | wc\"]");
    assertThat(action.get("type").textValue()).isEqualTo("exec");
  }

  @Test
  void writesWordsAsTexts() {
    JsonNode action =
        item("local_shell", "{\"command\":[\"head\",\"-n\",3],\"env\":{\"A\":1}}").get("action");

    assertThat(action.get("command").toString()).isEqualTo("[\"head\",\"-n\",\"3\"]");
    assertThat(action.get("env").toString()).isEqualTo("{\"A\":\"1\"}");
  }

  @Test
  void leavesOutWhatIsNoNumber() {
    JsonNode action =
        item("shell", "{\"commands\":[\"ls\"],\"timeout_ms\":\"soon\"}").get("action");

    assertThat(action.get("timeout_ms").isNull()).isTrue();
  }

  @Test
  void takesOneLineForAListOfOne() {
    assertThat(item("shell", "{\"commands\":\"ls\"}").at("/action/commands").toString())
        .isEqualTo("[\"ls\"]");
    assertThat(item("shell", "{\"command\":\"ls\"}").at("/action/commands").toString())
        .isEqualTo("[\"ls\"]");
  }

  @Test
  void findsAnOperationThatIsNotWrapped() {
    JsonNode operation =
        item("apply_patch", "{\"type\":\"create_file\",\"path\":\"a\",\"diff\":\"+x\"}")
            .get("operation");

    assertThat(operation.toString())
        .isEqualTo("{\"type\":\"create_file\",\"path\":\"a\",\"diff\":\"+x\"}");
  }

  @Test
  void takesAnUnknownOperationForAChange() {
    assertThat(
            item("apply_patch", "{\"operation\":{\"type\":\"edit\",\"path\":\"a\"}}")
                .at("/operation/type")
                .textValue())
        .isEqualTo("update_file");
  }

  @Test
  void writesACompleteCallWhateverIsMissing() {
    assertThat(item("local_shell", "{}").at("/action/command").toString()).isEqualTo("[]");
    assertThat(item("shell", "{}").at("/action/commands").toString()).isEqualTo("[]");
    assertThat(item("apply_patch", "{}").at("/operation/path").textValue()).isEmpty();
  }

  private static JsonNode item(String tool, String arguments) {
    Talk talk = Talk.streamed("\"tools\":[{\"type\":\"%s\"}]".formatted(tool));
    return ResponsesStreamGrammar.check(talk.calls("call_1", tool, arguments).ends())
        .items()
        .getFirst();
  }
}
