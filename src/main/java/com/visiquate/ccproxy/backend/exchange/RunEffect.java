package com.visiquate.ccproxy.backend.exchange;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has to be done because something happened to an exchange. */
public sealed interface RunEffect {
  /** One after the other. */
  static List<RunEffect> joined(List<RunEffect> first, List<RunEffect> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.isEmpty() ? second : first;
    }
    List<RunEffect> both = new ArrayList<>(first.size() + second.size());
    both.addAll(first);
    both.addAll(second);
    return both;
  }

  /** Something that the rest of the house is told. */
  sealed interface Told extends RunEffect {}

  /** To the client: more of its answer. */
  record Say(List<ChatEvent> events) implements Told {
    public Say {
      events = List.copyOf(events);
    }
  }

  /** To the client: there is no proper end. */
  record Break(Failure failure, Outcome outcome) implements Told {}

  /** To routing: the answer has begun. */
  record Begin() implements Told {}

  /** To routing: it ended and the client knows; the answer is null when none has begun. */
  record End(Outcome outcome, Counts counts, Message.@Nullable Assistant answer, boolean ghost)
      implements Told {
    End(Outcome outcome, Counts counts, boolean ghost) {
      this(outcome, counts, null, ghost);
    }
  }

  /** To routing: it failed and the client knows nothing. */
  record Lose(Failure failure, boolean elsewhere) implements Told {
    static Lose because(Failure failure) {
      return new Lose(failure, Verdict.elsewhere(failure));
    }
  }

  /** To the backend: nobody wants it any more, but it takes its slot until that is free. */
  public record Haunt() implements Told {}

  /** To routing: the prompt that nobody wanted any more no longer takes a slot. */
  record Exorcise(boolean computed) implements Told {
    /** It was computed to its end. */
    Exorcise() {
      this(true);
    }

    /** Only as far as it had come, or nobody knows. */
    static Exorcise brokenOff() {
      return new Exorcise(false);
    }
  }

  /** Close the connection to Ollama. */
  record Close() implements RunEffect {}

  /** Come back after this time: Ollama needs it to notice that the connection was closed. */
  record Settle(Duration time) implements RunEffect {}

  /** The slot is free and the exchange over; always the last effect of an exchange. */
  record Free() implements RunEffect {}

  /** The backend has answered a request. */
  record Well() implements RunEffect {}

  /** The backend has failed a request. */
  record Unwell(String why) implements RunEffect {}
}
