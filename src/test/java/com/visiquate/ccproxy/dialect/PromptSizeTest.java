package com.visiquate.ccproxy.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PromptSizeTest {
  @Test
  void countsBytesMessagesCallsAndImages() {
    PromptSize size =
        of(
            new Message.Instruction("é"),
            new Message.User("🌍", List.of(new Image("AAAA"))),
            new Message.Assistant(
                "no", "hm", List.of(new ToolCall("1", "f", new RawJson("{\"a\":1}")))));
    assertThat(size).isEqualTo(new PromptSize(2 + 4 + 2 + 2 + 1, 0, 7, 4, 1));
    assertThat(size.tokens(new TokenRatios(1, 2, 10, 100))).isEqualTo(11 + 14 + 40 + 100);
  }

  @Test
  void isAtLeastOneToken() {
    assertThat(of(new Message.User("")).tokens(TokenRatios.DEFAULT.times(0))).isEqualTo(1);
  }

  /** A tokenizer may make one token of a whole line of them. */
  @Test
  void isCertainNeitherOfRepetitionsNorOfImages() {
    PromptSize size = of(new Message.User("a" + " ".repeat(99) + "b", List.of(new Image("AAAA"))));
    assertThat(size.certain()).isEqualTo(new PromptSize(3, 0, 0, 1, 0));
  }

  private static PromptSize of(Message... messages) {
    return PromptSize.of(ChatRequest.of("m", List.of(messages)));
  }
}
