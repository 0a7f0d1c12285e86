package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.dialect.StorableAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer: events that build items one after the other, at most one open at a time. A
 * change of kind closes the open item before the next begins.
 */
final class StreamedResponse implements StorableAnswer {
  private final ResponsesForm form;
  private final Identity identity;
  private final Envelope envelope;
  private final Events events = new Events();
  private final List<String> items = new ArrayList<>();
  private @Nullable OpenItem open;
  private @Nullable String result;
  private int thoughts;
  private final StringBuilder summary = new StringBuilder();
  private boolean started;
  private boolean spoke;
  private boolean over;

  StreamedResponse(ResponsesForm form, Identity identity) {
    this.form = form;
    this.identity = identity;
    envelope = new Envelope(form, identity);
  }

  @Override
  public String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    if (over) {
      return;
    }
    start(out);
    switch (event) {
      case ChatEvent.Text text -> text(text.text(), text.logprobs(), out);
      case ChatEvent.Thinking thinking -> thinking(thinking.text(), out);
      case ChatEvent.Call call -> call(call.call(), out);
      case ChatEvent.Embedded embedded -> {}
      case ChatEvent.Finished finished -> finished(finished, out);
    }
  }

  /** Clients count events, so a comment would not do. */
  @Override
  public void heartbeat(ByteSink out) {
    OpenItem growing = open;
    if (over) {
      return;
    }
    if (growing != null) {
      growing.add("", List.of(), events, out);
    } else if (!start(out)) {
      event("response.in_progress", envelope.inProgress(items), out);
    }
  }

  /** An open item stays open: closed, half of it would pass for the whole. */
  @Override
  public void broke(Failure failure, ByteSink out) {
    if (!over) {
      start(out);
      over = true;
      event("response.failed", envelope.failed(failure, items), out);
    }
  }

  /** Codex shortens a conversation at this event; at the same error with a status it gives up. */
  @Override
  public boolean tellsInside(Failure failure) {
    return failure.kind() == Failure.Kind.PROMPT_TOO_LONG;
  }

  @Override
  public Optional<StoredResponse> stored() {
    return Optional.ofNullable(result).filter(proper -> form.stores()).map(this::stored);
  }

  /** The response object at its proper end; nothing before that. */
  Optional<String> result() {
    return Optional.ofNullable(result);
  }

  /** Says that the response exists, unless that was said; whether it was not. */
  private boolean start(ByteSink out) {
    if (started) {
      return false;
    }
    started = true;
    String empty = envelope.inProgress(items);
    event("response.created", empty, out);
    event("response.in_progress", empty, out);
    return true;
  }

  private void text(String text, List<TokenLogprob> logprobs, ByteSink out) {
    spoke = true;
    if (form.compacts()) {
      summary.append(text);
      return;
    }
    if (!(open instanceof MessageItem)) {
      open(new MessageItem(identity.id(), nextIndex(out)), out);
    }
    add(text, logprobs, out);
  }

  private void thinking(String text, ByteSink out) {
    thoughts++;
    if (form.compacts() || form.hidesThinking()) {
      return;
    }
    if (!(open instanceof ReasoningItem)) {
      open(new ReasoningItem(identity.id(), nextIndex(out), form.seals()), out);
    }
    add(text, List.of(), out);
  }

  private void call(ToolCall call, ByteSink out) {
    spoke = true;
    int index = nextIndex(out);
    items.add(new CallItem(call, form.tool(call.name()), identity.id(), index).write(events, out));
  }

  private void finished(ChatEvent.Finished finished, ByteSink out) {
    over = true;
    boolean whole = finished.reason() == FinishReason.STOP;
    if (form.compacts()) {
      compacted(out);
    } else if (whole && !spoke) {
      // Clients look for a message or a call, and some never end a turn without one.
      open(new MessageItem(identity.id(), nextIndex(out)), out);
    }
    close(whole ? "completed" : "incomplete", out);
    String response = envelope.finished(finished.reason(), items, finished.counts(), thoughts);
    result = response;
    event(whole ? "response.completed" : "response.incomplete", response, out);
  }

  /** The one item of a summary, which is of no use in pieces. */
  private void compacted(ByteSink out) {
    String item = Summary.item(identity.id(), 0, summary.toString().strip()).text();
    for (String type : new String[] {"response.output_item.added", "response.output_item.done"}) {
      events.begin(type, out).raw(",\"output_index\":0,\"item\":").raw(item);
      events.end(out);
    }
    items.add(item);
  }

  /** Closes the open item, so that the place of the next one is known. */
  private int nextIndex(ByteSink out) {
    close("completed", out);
    return items.size();
  }

  private void open(OpenItem item, ByteSink out) {
    open = item;
    item.open(events, out);
  }

  private void add(String piece, List<TokenLogprob> logprobs, ByteSink out) {
    if (open != null) {
      open.add(piece, logprobs, events, out);
    }
  }

  private void close(String status, ByteSink out) {
    if (open != null) {
      items.add(open.close(status, events, out));
      open = null;
    }
  }

  private void event(String type, String response, ByteSink out) {
    events.begin(type, out).raw(",\"response\":").raw(response);
    events.end(out);
  }

  private StoredResponse stored(String response) {
    List<RawJson> input = new ArrayList<>();
    for (RawJson item : form.input()) {
      input.add(StoredItems.identified(item, identity.id(), input.size()));
    }
    return new StoredResponse(
        ItemIds.response(identity.id()),
        new RawJson(response),
        input,
        items.stream().map(RawJson::new).toList());
  }
}
