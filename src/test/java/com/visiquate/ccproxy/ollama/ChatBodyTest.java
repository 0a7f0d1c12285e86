package com.visiquate.ccproxy.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the golden folders cannot show: models that differ, and bodies side by side. */
final class ChatBodyTest {
  private static final Message HI = new Message.User("hi");
  private static final ChatRequest PLAIN = ChatRequest.of("m", List.of(HI));

  @Test
  void aConversationThatGoesOnBeginsWithTheSameBytes() {
    List<Message> longer = new ArrayList<>(PLAIN.messages());
    longer.add(new Message.Assistant("yes", "", List.of()));
    longer.add(new Message.User("more"));

    String first = body(model("5m", Map.of()), null, PLAIN);
    String second = body(model("5m", Map.of()), null, ChatRequest.of("m", longer));

    String head = first.substring(0, first.indexOf("],\"stream\""));
    assertThat(second).startsWith(head);
  }

  @Test
  void theWarmUpLoadsExactlyWhatTrafficUses() {
    ModelSpec model = model("30m", Map.of("num_gpu", 99, "num_batch", 256));
    String tail = "\"truncate\":false,\"shift\":false,\"keep_alive\":\"30m\",";
    String options = "\"options\":{\"num_batch\":256,\"num_ctx\":8192,\"num_gpu\":99}}";

    assertThat(new String(ChatBody.load(model), UTF_8))
        .isEqualTo("{\"model\":\"qwen\",\"messages\":[],\"stream\":true," + tail + options);
    assertThat(body(model, null, PLAIN)).endsWith(tail + options);
  }

  @Test
  void keepAliveIsANumberWhereItIsOne() {
    assertThat(body(model("-1", Map.of()), null, PLAIN)).contains("\"keep_alive\":-1,");
    assertThat(body(model("600", Map.of()), null, PLAIN)).contains("\"keep_alive\":600,");
    assertThat(body(model("", Map.of()), null, PLAIN)).doesNotContain("keep_alive");
  }

  @Test
  void noRequestChangesTheWindow() {
    assertThat(body(model("5m", Map.of("num_ctx", 5)), null, PLAIN))
        .contains("\"num_ctx\":8192")
        .doesNotContain("\"num_ctx\":5");
  }

  @Test
  void theRequestOverridesTheModelsOptions() {
    ModelSpec model = model("5m", Map.of("temperature", 0.1, "num_predict", 7));
    Sampling sampling = new Sampling(1_000_000, 0.9, null, null, null, null, null, List.of());

    assertThat(body(model, null, PLAIN)).contains("\"temperature\":0.1", "\"num_predict\":7");
    assertThat(body(model, null, with(sampling, Reasoning.UNSET)))
        .contains("\"temperature\":0.9", "\"num_predict\":8192");
  }

  @Test
  void thinkingIsAskedForOnlyWhereItIsKnownToWork() {
    ChatRequest high = with(Sampling.DEFAULT, Reasoning.HIGH);
    ModelSpec model = model("5m", Map.of());

    assertThat(body(model, installed("completion", "thinking"), high))
        .contains("\"think\":\"high\"");
    assertThat(body(model, installed("completion", "thinking"), PLAIN)).doesNotContain("think");
    assertThat(body(model, installed("completion"), high)).doesNotContain("think");
    assertThat(body(model, installed(), high)).doesNotContain("think");
    assertThat(body(model, null, high)).doesNotContain("think");
  }

  private static ChatRequest with(Sampling sampling, Reasoning reasoning) {
    return new ChatRequest(
        "m",
        List.of(HI),
        List.of(),
        ToolChoice.AUTO,
        true,
        sampling,
        OutputFormat.TEXT,
        reasoning,
        null);
  }

  private static ModelSpec model(String keepAlive, Map<String, Object> options) {
    return new ModelSpec(
        new ModelName("m"), "qwen", 8192, List.of(new BackendId("a")), true, keepAlive, options);
  }

  private static InstalledModel installed(String... capabilities) {
    return new InstalledModel("qwen", "d", Set.of(capabilities));
  }

  private static String body(
      ModelSpec model, @Nullable InstalledModel installed, ChatRequest request) {
    ChatBody.Encoded encoded = ChatBody.encode(model, installed, request);
    return new String(((ChatBody.Encoded.Body) encoded).bytes(), UTF_8);
  }
}
