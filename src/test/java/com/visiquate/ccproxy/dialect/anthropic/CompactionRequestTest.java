package com.visiquate.ccproxy.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.dialect.PastSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code compaction}: SDKs have a conversation summed up by a request of its own. */
final class CompactionRequestTest {
  private static final String COMPACTION =
      ",\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"compaction\":{\"type\":\"summarize\"%s}";

  private static Talk talk(String more) {
    return Talk.of(
        "{\"model\":\"coder\",\"max_tokens\":100,\"messages\":[%s]%s}"
            .formatted(Talk.user("Hi"), COMPACTION.formatted("") + more));
  }

  @Test
  void asksForASummaryOfTheSamePrompt() {
    assertThat(talk("").request().messages())
        .containsExactly(new Message.User("Hi"), PastSummary.REQUEST);
    assertThat(talk("").request().tools()).extracting(Tool::name).containsExactly("f");
    String own = Talk.body(COMPACTION.formatted(",\"instructions\":\"Be short.\"").substring(1));
    assertThat(Talk.of(own).request().messages())
        .containsExactly(new Message.User("Hi"), new Message.User("Be short."));
  }

  @Test
  void isAnsweredByOneBlockAlone() {
    assertThat(talk("").thinks("hm").says("They said").says(" hi.").calls("c", "f", "{}").ends())
        .contains("\"content\":[{\"type\":\"compaction\",\"content\":\"They said hi.\"}]")
        .contains("\"stop_reason\":\"compaction\"", "\"output_tokens\":5");
  }

  @Test
  void isAnsweredByOneBlockInAStream() {
    assertThat(talk(",\"stream\":true").thinks("hm").says("They said").says(" hi.").ends())
        .contains("\"index\":0,\"content_block\":{\"type\":\"compaction\",\"content\":null}")
        .contains("\"delta\":{\"type\":\"compaction_delta\",\"content\":\"They said hi.\"}")
        .contains("\"stop_reason\":\"compaction\"")
        .doesNotContain("\"index\":1", "thinking", "text_delta")
        .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
  }

  /** A block without content says that it failed; sent back it changes nothing. */
  @Test
  void saysSoWhenThereIsNoSummary() {
    assertThat(talk("").calls("c", "f", "{}").ends(FinishReason.STOP))
        .contains("{\"type\":\"compaction\",\"content\":null}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"other\"}", "{}", "true"})
  void isRefusedWhenItMeansNothing(String compaction) {
    Failure failure = Talk.refusal(Talk.body("\"compaction\":" + compaction));

    assertThat(failure.message()).startsWith("compaction");
  }
}
