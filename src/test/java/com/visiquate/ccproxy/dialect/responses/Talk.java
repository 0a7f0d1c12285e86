package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.dialect.Recall;
import com.visiquate.ccproxy.dialect.StorableAnswer;

/** One exchange with the dialect, for tests: a body in, text of an answer out. */
final class Talk {
  private final Decoded.Understood understood;
  private final StorableAnswer answer;
  private final ByteSink out = new ByteSink();

  private Talk(Decoded.Understood understood, String id) {
    this.understood = understood;
    answer = new Responses().answer(understood, new Identity(id, 0, "coder"));
  }

  static Talk of(String body) {
    return of(body, "0123456789abcdef", Recall.NOTHING);
  }

  static Talk of(String body, String id, Recall recall) {
    return new Talk((Decoded.Understood) new Responses(recall).decode(body.getBytes(UTF_8)), id);
  }

  /** A streamed exchange; the members are added to a minimal body. */
  static Talk streamed(String members) {
    return of(body("\"stream\":true" + (members.isEmpty() ? "" : ",") + members));
  }

  static Talk streamed() {
    return streamed("");
  }

  /** A request whose input is these items. */
  static ChatRequest request(String... items) {
    return of("{\"model\":\"coder\",\"input\":[%s]}".formatted(String.join(",", items))).request();
  }

  /** What is said of a body that is refused. */
  static Failure refusal(String body) {
    return ((Decoded.Misunderstood) new Responses().decode(body.getBytes(UTF_8))).failure();
  }

  static String body(String members) {
    return "{\"model\":\"coder\",\"input\":\"Hi\"%s}"
        .formatted(members.isEmpty() ? "" : "," + members);
  }

  Decoded.Understood understood() {
    return understood;
  }

  ChatRequest request() {
    return understood.request();
  }

  StorableAnswer answer() {
    return answer;
  }

  Talk says(String text) {
    return event(new ChatEvent.Text(text));
  }

  Talk thinks(String text) {
    return event(new ChatEvent.Thinking(text));
  }

  Talk calls(String id, String name, String arguments) {
    return event(new ChatEvent.Call(new ToolCall(id, name, new RawJson(arguments))));
  }

  Talk event(ChatEvent event) {
    answer.said(event, out);
    return this;
  }

  Talk beats() {
    answer.heartbeat(out);
    return this;
  }

  String breaks(Failure failure) {
    answer.broke(failure, out);
    return soFar();
  }

  String breaks(Failure.Kind kind) {
    return breaks(Failure.of(kind, "It broke."));
  }

  String ends(FinishReason reason) {
    event(new ChatEvent.Finished(reason, new Counts(30, 10, 5, 0, 0, 0)));
    return soFar();
  }

  String ends() {
    return ends(FinishReason.STOP);
  }

  /** What was written since the last time. */
  String soFar() {
    return new String(out.take(), UTF_8);
  }
}
