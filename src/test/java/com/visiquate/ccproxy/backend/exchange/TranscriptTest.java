package com.visiquate.ccproxy.backend.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TranscriptTest {
  private final Transcript transcript = new Transcript();

  @Test
  void isNoMessageWhenNothingWasSaid() {
    transcript.add(new ChatEvent.Thinking("hm"));
    transcript.add(new ChatEvent.Finished(FinishReason.STOP, Counts.NONE));
    assertThat(transcript.answer()).isNull();
  }

  @Test
  void isWhatWasSaidAndCalledWithoutTheThinking() {
    ToolCall call = new ToolCall("c", "read", RawJson.EMPTY_OBJECT);
    transcript.add(new ChatEvent.Thinking("hm"));
    transcript.add(new ChatEvent.Text("I "));
    transcript.add(new ChatEvent.Text("look."));
    transcript.add(new ChatEvent.Call(call));
    assertThat(transcript.answer()).isEqualTo(new Message.Assistant("I look.", "", List.of(call)));
  }
}
