package com.visiquate.ccproxy.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Identity;

/** One exchange with the dialect, for tests: a body in, text of an answer out. */
final class Talk {
  private static final Messages DIALECT = new Messages();
  private final Decoded.Understood understood;
  private final Answer answer;
  private final ByteSink out = new ByteSink();

  private Talk(Decoded.Understood understood) {
    this.understood = understood;
    answer = DIALECT.answer(understood, new Identity("0123456789abcdef", 0, "coder"));
  }

  static Talk of(String body) {
    return new Talk((Decoded.Understood) decode(body));
  }

  /** A streamed exchange; the members are added to a minimal body. */
  static Talk streamed(String members) {
    return of(body("\"stream\":true" + (members.isEmpty() ? "" : ",") + members));
  }

  static Decoded decode(String body) {
    return DIALECT.decode(body.getBytes(UTF_8));
  }

  /** What is said of a body that is refused. */
  static Failure refusal(String body) {
    return ((Decoded.Misunderstood) decode(body)).failure();
  }

  static String body(String members) {
    return "{\"model\":\"coder\",\"max_tokens\":100,\"messages\":[%s]%s}"
        .formatted(user("Hi"), members.isEmpty() ? "" : "," + members);
  }

  static String messages(String... messages) {
    return "{\"model\":\"coder\",\"max_tokens\":100,\"messages\":[%s]}"
        .formatted(String.join(",", messages));
  }

  static String user(String text) {
    return "{\"role\":\"user\",\"content\":\"%s\"}".formatted(text);
  }

  Decoded.Understood understood() {
    return understood;
  }

  ChatRequest request() {
    return understood.request();
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

  String breaks(Failure.Kind kind) {
    answer.broke(Failure.of(kind, "It broke."), out);
    return soFar();
  }

  String ends(FinishReason reason) {
    return ends(reason, new Counts(30, 10, 5, 0, 0, 0));
  }

  String ends(FinishReason reason, Counts counts) {
    event(new ChatEvent.Finished(reason, counts));
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
