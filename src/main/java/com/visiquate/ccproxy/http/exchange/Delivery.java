package com.visiquate.ccproxy.http.exchange;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.http.reply.Reply;

/**
 * What the client has been sent: nothing, the beginning of a response, or all of it. Owns the bytes
 * that are made and not sent yet.
 */
final class Delivery {
  static final int OK = 200;

  private final Findings findings;
  private final boolean stream;
  private final Answer answer;
  private final Reply reply;
  private final ByteSink sink = new ByteSink();
  private boolean begun;

  Delivery(Findings findings, Answer answer, Reply reply) {
    this.findings = findings;
    this.stream = findings.facts().stream();
    this.answer = answer;
    this.reply = reply;
  }

  /** The status that is out; 0 as long as a failure still has one of its own. */
  int status() {
    return begun ? OK : 0;
  }

  /** Whether the client reads too slowly to be sent more. */
  boolean isFull() {
    return reply.full();
  }

  Reply reply() {
    return reply;
  }

  /** Makes the bytes of an event. */
  void say(int part, ChatEvent event) {
    answer.said(part, event, sink);
  }

  /** Sends what a stream has ready; whole answers are sent at their end. */
  boolean flush() {
    boolean sends = stream && !sink.isEmpty();
    if (sends) {
      send();
    }
    return sends;
  }

  /** A sign of life in the client's own protocol. */
  void beat() {
    answer.heartbeat(sink);
    send();
  }

  /** The end of a complete answer. */
  void complete() {
    if (stream || begun) {
      begin();
      reply.end(sink.take());
    } else {
      reply.whole(findings.head(), answer.contentType(), sink.take());
    }
  }

  /** The end of one that is none; tells the status that was sent. */
  int fail(Failure failure) {
    if (stream && answer.tellsInside(failure)) {
      begin();
    }
    if (!begun) {
      return reply.fail(findings.head(), failure);
    }
    answer.broke(failure, sink);
    reply.end(sink.take());
    return OK;
  }

  /** A bug: its answer cannot be trusted to say so, a broken connection can. */
  int crash(Failure failure) {
    if (!begun) {
      return reply.fail(findings.head(), failure);
    }
    reply.abort();
    return OK;
  }

  private void send() {
    begin();
    reply.write(sink.take());
  }

  private void begin() {
    if (!begun) {
      reply.begin(findings.head(), answer.contentType());
      begun = true;
    }
  }
}
