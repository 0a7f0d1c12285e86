package com.visiquate.ccproxy.timeline;

import com.visiquate.ccproxy.bus.ExchangeEnded.Operation;
import com.visiquate.ccproxy.bus.ScheduleStep.Subject;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the turns of one conversation have in common, so that it is kept once for all of them. */
record Profile(
    ModelName model,
    String alias,
    Operation operation,
    String client,
    @Nullable String conversation,
    Priority priority,
    String role) {
  /** Of an object and of a string without its letters, as a Java heap has them. */
  private static final int OBJECT = 56;

  private static final int STRING = 48;

  static Profile of(Subject subject) {
    return new Profile(
        subject.model(),
        subject.alias(),
        subject.operation(),
        subject.client().value(),
        subject.conversation(),
        subject.priority(),
        Long.toHexString(subject.prompt().role()));
  }

  /** The same with texts that others have as well; what is a conversation's own stays. */
  Profile sharing(UnaryOperator<String> texts) {
    return new Profile(
        model,
        texts.apply(alias),
        operation,
        texts.apply(client),
        conversation,
        priority,
        texts.apply(role));
  }

  /** About how much memory it takes besides the texts that it shares, at most. */
  int bytes() {
    return OBJECT + (conversation == null ? 0 : bytes(conversation));
  }

  static int bytes(String text) {
    return STRING + text.length();
  }
}
