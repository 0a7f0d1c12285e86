package com.visiquate.ccproxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import com.visiquate.ccproxy.dialect.responses.Responses;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.ollama.ChatBody;
import com.visiquate.ccproxy.ollama.RequestBody;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What conversations show beside their texts, in every dialect that has some of it. */
final class AttachmentsTest {
  private static final String NOTE = "[image omitted: plain has no vision]";
  private static final String GIF = "R0lGODlhAQABAAAAACw=";
  private static final Map<String, Dialect> DIALECTS =
      Map.of(
          "chat", new OpenAiChat(),
          "responses", new Responses(),
          "messages", new Messages(),
          "native", NativeEndpoints.CHAT);

  /** A user's words with an attachment, in a dialect's own form. */
  private static String user(String dialect, String attachment) {
    return switch (dialect) {
      case "chat" ->
          "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Look\"},%s]}"
              .formatted(attachment);
      case "responses" ->
          "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Look\"},%s]}"
              .formatted(attachment);
      case "messages" ->
          "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Look\"},%s]}"
              .formatted(attachment);
      default -> "{\"role\":\"user\",\"content\":\"Look\",\"images\":[%s]}".formatted(attachment);
    };
  }

  private static String image(String dialect) {
    return switch (dialect) {
      case "chat" ->
          "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/gif;base64,%s\"}}"
              .formatted(GIF);
      case "responses" ->
          "{\"type\":\"input_image\",\"image_url\":\"data:image/gif;base64,%s\"}".formatted(GIF);
      case "messages" ->
          "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/gif\",\"data\":\"%s\"}}"
              .formatted(GIF);
      default -> "\"" + GIF + "\"";
    };
  }

  /** The call of a tool, and its result that shows something. */
  private static String result(String dialect, String attachment) {
    return switch (dialect) {
      case "chat" ->
          "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"read\",\"arguments\":\"{}\"}}]},"
              + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":[{\"type\":\"text\",\"text\":\"a.png\"},%s]}"
                  .formatted(attachment);
      case "responses" ->
          "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"read\",\"arguments\":\"{}\"},"
              + "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":[{\"type\":\"input_text\",\"text\":\"a.png\"},%s]}"
                  .formatted(attachment);
      case "messages" ->
          "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"read\",\"input\":{}}]},"
              + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"c1\",\"content\":[{\"type\":\"text\",\"text\":\"a.png\"},%s]}]}"
                  .formatted(attachment);
      default ->
          "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"read\",\"arguments\":{}}}]},"
              + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"a.png\",\"images\":[%s]}"
                  .formatted(attachment);
    };
  }

  private static final String SAID = "{\"role\":\"assistant\",\"content\":\"I see.\"}";
  private static final String NEXT = "{\"role\":\"user\",\"content\":\"Go on.\"}";

  @ParameterizedTest
  @ValueSource(strings = {"chat", "responses", "messages", "native"})
  void thatTheLastTurnBringsAreRefusedByAModelThatCannotSee(String dialect) {
    assertThat(refusal(dialect, user(dialect, image(dialect)))).contains("plain cannot see images");
    assertThat(refusal(dialect, NEXT, SAID, user(dialect, image(dialect))))
        .contains("plain cannot see images");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "responses", "messages", "native"})
  void ofEarlierTurnsAreNotedForAModelThatCannotSee(String dialect) {
    assertThat(asked("plain", dialect, user(dialect, image(dialect)), SAID, NEXT))
        .contains("\"Look\\n" + NOTE + "\"")
        .doesNotContain(GIF);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "responses", "messages", "native"})
  void ofResultsAreNotedForAModelThatCannotSee(String dialect) {
    String result = result(dialect, image(dialect));

    assertThat(asked("plain", dialect, NEXT, result))
        .contains("\"role\":\"tool\",\"content\":\"a.png\\n" + NOTE + "\"")
        .doesNotContain(GIF);
    assertThat(asked("plain", dialect, NEXT, result, SAID, NEXT)).contains(NOTE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "responses", "messages", "native"})
  void ofResultsAreShownInATurnOfTheUser(String dialect) {
    String result = result(dialect, image(dialect));
    String shown =
        "{\"role\":\"user\",\"content\":\"(The images of the tool results above.)\",\"images\":[\"%s\"]}"
            .formatted(GIF);

    assertThat(asked("seeing", dialect, NEXT, result))
        .contains("a.png\\n\\n(The image of this result is in the next message.)\"")
        .contains("\"tool_call_id\":\"c1\"}," + shown + "]");
    assertThat(asked("seeing", dialect, NEXT, result, SAID, NEXT))
        .contains("\"tool_call_id\":\"c1\"}," + shown + ",{\"role\":\"assistant\"");
    assertThat(asked("seeing", dialect, NEXT, result, NEXT))
        .contains("{\"role\":\"user\",\"content\":\"Go on.\",\"images\":[\"" + GIF + "\"]}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "responses", "messages", "native"})
  void mayBeAGif(String dialect) {
    assertThat(asked("seeing", dialect, user(dialect, image(dialect)))).contains(GIF);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "chat | image | {\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/a.png\"}}",
        "chat | image |"
            + " {\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/svg+xml;base64,PHN2Zy8+\"}}",
        "chat | audio |"
            + " {\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA==\",\"format\":\"wav\"}}",
        "chat | file a.pdf |"
            + " {\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,JVBERi0xLjQ=\"}}",
        "chat | file unnamed | {\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}",
        "chat | video_url | {\"type\":\"video_url\",\"video_url\":{\"url\":\"https://x/a.mp4\"}}",
        "responses | image | {\"type\":\"input_image\",\"image_url\":\"https://x/a.png\"}",
        "responses | image | {\"type\":\"input_image\",\"file_id\":\"file-1\"}",
        "responses | audio |"
            + " {\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA==\",\"format\":\"wav\"}}",
        "messages | image |"
            + " {\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x/a.png\"}}",
        "messages | image |"
            + " {\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"file_1\"}}",
        "messages | image |"
            + " {\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/svg+xml\",\"data\":\"PHN2Zy8+\"}}",
        "messages | document |"
            + " {\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://x/a.pdf\"}}",
        "native | image | \"%%%\"",
      })
  void thatNobodyHereCanReadAreRefusedOnlyInTheLastTurn(
      String dialect, String what, String attachment) {
    String note = "[%s omitted: it cannot be read here]".formatted(what);

    assertThat(decode(dialect, body(dialect, user(dialect, attachment))))
        .isInstanceOf(Decoded.Misunderstood.class);
    assertThat(asked("seeing", dialect, user(dialect, attachment), SAID, NEXT)).contains(note);
    assertThat(asked("seeing", dialect, NEXT, result(dialect, attachment))).contains(note);
    // A client that was refused once and says something else.
    assertThat(asked("seeing", dialect, user(dialect, attachment), NEXT)).contains(note);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "responses"})
  void thatAreFilesOfTextAreRead(String dialect) {
    String file = "\"filename\":\"a.txt\",\"file_data\":\"data:text/plain;base64,SGVsbG8=\"";
    String part =
        dialect.equals("chat")
            ? "{\"type\":\"file\",\"file\":{%s}}".formatted(file)
            : "{\"type\":\"input_file\",%s}".formatted(file);

    assertThat(asked("plain", dialect, user(dialect, part))).contains("File a.txt:\\nHello");
  }

  private static String asked(String model, String dialect, String... messages) {
    return switch (encoded(model, dialect, messages)) {
      case ChatBody.Encoded.Body body -> new String(body.bytes(), UTF_8);
      case ChatBody.Encoded.Unfit unfit -> throw new AssertionError(unfit.failure());
    };
  }

  private static String refusal(String dialect, String... messages) {
    return ((ChatBody.Encoded.Unfit) encoded("plain", dialect, messages)).failure().message();
  }

  private static ChatBody.Encoded encoded(String model, String dialect, String... messages) {
    Decoded decoded = decode(dialect, body(dialect, messages));
    assertThat(decoded).isInstanceOf(Decoded.Understood.class);
    Set<String> abilities =
        model.equals("plain")
            ? Set.of("completion", "tools")
            : Set.of("completion", "tools", "vision");
    ModelSpec spec =
        new ModelSpec(
            new ModelName(model), model, 4096, List.of(new BackendId("b0")), true, "-1", Map.of());
    InstalledModel installed = new InstalledModel(model, "sha256:0", abilities);
    return RequestBody.encode(spec, installed, ((Decoded.Understood) decoded).request());
  }

  private static Decoded decode(String dialect, byte[] body) {
    return Objects.requireNonNull(DIALECTS.get(dialect)).decode(body);
  }

  private static byte[] body(String dialect, String... messages) {
    String list = dialect.equals("responses") ? "input" : "messages";
    return "{\"model\":\"m\",\"max_tokens\":9,\"%s\":[%s]}"
        .formatted(list, String.join(",", messages))
        .getBytes(UTF_8);
  }
}
