package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.CaptureMessage.Turn;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.http.exchange.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands over the turns that somebody may keep; nothing is built or heard for all others. */
final class Captures {
  private final Bus bus;

  Captures(Bus bus) {
    this.bus = bus;
  }

  /** The same answer; when it ends well and somebody keeps what comes by its name, they get it. */
  Answer keeping(Answer answer, Decoded.Understood understood, Findings findings) {
    Address<Turn, Address.Nothing> keeper = keeper(findings.asked());
    return keeper != null
            && understood.parts().size() == 1
            && understood.parts().getFirst() instanceof ChatRequest chat
        ? new Overheard(answer, new Listener(chat, findings, turn -> bus.send(keeper, turn)))
        : answer;
  }

  private @Nullable Address<Turn, Address.Nothing> keeper(Asked asked) {
    Address<Turn, Address.Nothing> alias = Address.capturedAlias(asked.alias());
    if (bus.isHeard(alias)) {
      return alias;
    }
    String name = asked.key();
    Address<Turn, Address.Nothing> key = name == null ? null : Address.capturedKey(name);
    return key != null && bus.isHeard(key) ? key : null;
  }

  /** Puts one answer together. */
  private static final class Listener implements Consumer<ChatEvent> {
    private final ChatRequest request;
    private final Findings findings;
    private final Consumer<Turn> keeper;
    private final StringBuilder text = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();

    Listener(ChatRequest request, Findings findings, Consumer<Turn> keeper) {
      this.request = request;
      this.findings = findings;
      this.keeper = keeper;
    }

    @Override
    public void accept(ChatEvent event) {
      switch (event) {
        case ChatEvent.Text piece -> text.append(piece.text());
        case ChatEvent.Call(var call) -> calls.add(call);
        case ChatEvent.Finished(var reason, var counts) -> finished(reason);
        case ChatEvent.Thinking thought -> {}
        case ChatEvent.Embedded none -> {}
      }
    }

    private void finished(FinishReason reason) {
      Message.Assistant answer = new Message.Assistant(text.toString(), "", calls);
      keeper.accept(
          new Turn(
              findings.exchange(),
              findings.asked(),
              request,
              answer,
              reason,
              findings.answeredBy()));
    }
  }
}
