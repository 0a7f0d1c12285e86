package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Identity;
import java.util.ArrayList;
import java.util.List;

/** An answer in one piece; owns everything that was said until it is complete. */
final class Whole implements Answer {
  private final ChatForm form;
  private final Identity identity;
  private final Tally tally = new Tally();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final List<ToolCall> calls = new ArrayList<>();
  private final List<TokenLogprob> logprobs = new ArrayList<>();
  private boolean over;

  Whole(ChatForm form, Identity identity) {
    this.form = form;
    this.identity = identity;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    if (over) {
      return;
    }
    switch (event) {
      case ChatEvent.Text piece -> {
        text.append(piece.text());
        logprobs.addAll(piece.logprobs());
      }
      case ChatEvent.Thinking piece -> {
        tally.thought();
        thinking.append(piece.text());
      }
      case ChatEvent.Call call -> {
        tally.called();
        calls.add(call.call());
      }
      case ChatEvent.Embedded embedded -> {}
      case ChatEvent.Finished finished -> finished(finished, out);
    }
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    if (!over) {
      over = true;
      Errors.write(failure, out);
    }
  }

  private void finished(ChatEvent.Finished finished, ByteSink out) {
    over = true;
    out.raw("{\"id\":").json("chatcmpl-" + identity.id());
    out.raw(",\"object\":\"chat.completion\",\"created\":").number(identity.createdSeconds());
    out.raw(",\"model\":").json(identity.model());
    out.raw(",\"choices\":[{\"index\":0,\"message\":");
    message(out);
    out.raw(",\"finish_reason\":").json(tally.finishReason(finished.reason(), form));
    out.raw(",\"logprobs\":");
    logprobs(out);
    out.raw("}],\"usage\":");
    tally.usage(finished.counts(), out);
    out.raw(",\"system_fingerprint\":\"fp_ccproxy\",\"service_tier\":\"default\"}");
  }

  private void message(ByteSink out) {
    out.raw("{\"role\":\"assistant\",\"content\":");
    if (text.isEmpty() && !calls.isEmpty()) {
      out.raw("null");
    } else {
      out.json(text.toString());
    }
    out.raw(",\"refusal\":null");
    if (!thinking.isEmpty() && !form.hidesThinking()) {
      out.raw(",\"reasoning_content\":").json(thinking.toString());
      out.raw(",\"reasoning\":").json(thinking.toString());
    }
    if (!calls.isEmpty()) {
      Calls.whole(calls, form, out.raw(","));
    }
    out.raw("}");
  }

  private void logprobs(ByteSink out) {
    if (logprobs.isEmpty()) {
      out.raw("null");
    } else {
      Logprobs.write(logprobs, out);
    }
  }
}
