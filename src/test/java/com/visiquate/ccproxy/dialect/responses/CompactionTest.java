package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.dialect.Recall;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CompactionTest {
  private static final String CONVERSATION =
      """
      {"model":"coder","instructions":"Be brief.","prompt_cache_key":"k","input":[
       {"role":"user","content":"Fix it."},
       {"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]},
       {"type":"function_call","name":"f","arguments":"{}","call_id":"1"},
       {"type":"function_call_output","call_id":"1","output":"done"},
       {"role":"user","content":[{"type":"input_text","text":"And that."}]}]}
      """;
  private final Compaction dialect = new Compaction(Recall.NOTHING);

  @Test
  void asksForASummaryBehindTheWholeConversation() {
    ChatRequest request = understood().request();

    assertThat(request.messages()).hasSize(6).last().isEqualTo(Summary.REQUEST);
    assertThat(request.offeredTools()).isEmpty();
    assertThat(understood().client()).isEqualTo("k");
    assertThat(understood().stream()).isFalse();
  }

  @Test
  void keepsWhatTheUserSaidAndTheSummary() throws IOException {
    JsonNode response = compacted(" It is fixed. ");

    assertThat(response.path("object").asText()).isEqualTo("response.compaction");
    assertThat(response.path("id").asText()).isEqualTo("resp_abc");
    assertThat(response.path("output"))
        .extracting(item -> item.path("type").asText())
        .containsExactly("message", "message", "compaction");
    assertThat(response.at("/output/1/content/0/text").asText()).isEqualTo("And that.");
    assertThat(response.at("/usage/total_tokens").asInt()).isEqualTo(35);
  }

  @Test
  void isTheBeginningOfWhatComesNext() throws IOException {
    ChatRequest next =
        Talk.of(
                "{\"model\":\"coder\",\"input\":%s}"
                    .formatted(compacted("It is fixed.").path("output")))
            .request();

    assertThat(next.messages())
        .hasSize(3)
        .first()
        .isEqualTo(new Message.User("Fix it.", List.of()));
    assertThat(((Message.User) next.messages().getLast()).text())
        .endsWith("before this:\n\nIt is fixed.");
  }

  @Test
  void leavesOutWhatAnotherProviderSealed() {
    Talk talk =
        Talk.of(
            "{\"model\":\"m\",\"input\":[{\"type\":\"compaction\",\"encrypted_content\":\"gAAA\"},"
                + "{\"role\":\"user\",\"content\":\"a\"}]}");

    assertThat(talk.request().messages()).hasSize(1);
    assertThat(talk.understood().dropped()).containsExactly("input.compaction");
  }

  @Test
  void tellsWhatIsWrongInTheFamilysWords() {
    assertThat(dialect.decode("{\"model\":\"m\"}".getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Decoded.Misunderstood.class,
            not -> assertThat(not.failure().param()).isEqualTo("input"));
    ByteSink out = new ByteSink();
    Answer answer = dialect.answer(understood(), new Identity("abc", 1, "coder"));
    answer.heartbeat(out);
    answer.broke(Failure.of(Failure.Kind.BACKEND_LOST, "lost"), out);
    answer.said(new ChatEvent.Text("late"), out);
    assertThat(new String(out.take(), UTF_8)).startsWith(" {\"error\":{\"message\":\"lost\"");
  }

  private Decoded.Understood understood() {
    return (Decoded.Understood) dialect.decode(CONVERSATION.getBytes(UTF_8));
  }

  private JsonNode compacted(String summary) throws IOException {
    Answer answer = dialect.answer(understood(), new Identity("abc", 1, "coder"));
    ByteSink out = new ByteSink();
    answer.said(new ChatEvent.Thinking("hm"), out);
    answer.said(new ChatEvent.Text(summary), out);
    assertThat(out.isEmpty()).isTrue();
    answer.said(new ChatEvent.Finished(FinishReason.STOP, new Counts(30, 10, 5, 0, 0, 0)), out);
    return JsonMapper.builder().build().readTree(out.take());
  }
}
