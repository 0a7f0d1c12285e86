package com.visiquate.ccproxy.backend.exchange;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.ollama.ReplyReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One answer: what of it was read, and what of that the client has been sent. */
final class OllamaReply {
  private final ReplyReader reader;
  private EventOutbox outbox = new EventOutbox();
  private final Pace pace = new Pace();
  private final Transcript transcript = new Transcript();
  private boolean whole;
  private int pieces;
  private boolean spoke;
  private boolean begun;
  private boolean finished;
  private Counts counts = Counts.NONE;

  /**
   * One of which nothing was read.
   *
   * @param whole whether the client gets nothing of it before its end, so that it may still begin
   *     anew elsewhere
   */
  OllamaReply(ReplyReader reader, boolean whole) {
    this.reader = reader;
    this.whole = whole;
  }

  void begin(long now) {
    pace.begin(now);
  }

  void read(byte[] bytes, long now) {
    pace.read(now);
    heard(reader.read(bytes));
  }

  /** There is no more, because its limit cut it. */
  void cut() {
    heard(reader.cut());
  }

  private void heard(List<ChatEvent> events) {
    spoke = spoke || !events.isEmpty();
    pieces += events.size();
    for (ChatEvent event : events) {
      note(event);
    }
    if (!whole) {
      outbox.add(events);
    } else if (finished && !events.isEmpty()) {
      outbox.add(transcript.events());
    }
  }

  private void note(ChatEvent event) {
    transcript.add(event);
    if (event instanceof ChatEvent.Finished end) {
      finished = true;
      counts = end.counts();
    }
  }

  /** What went wrong in what was read; null when nothing did. */
  @Nullable Failure failure() {
    return reader.failure();
  }

  /** What is wrong when no more comes; null when the answer is complete. */
  @Nullable Failure failureAtEnd() {
    return reader.end() instanceof ReplyReader.End.Broken broken ? broken.failure() : null;
  }

  /**
   * Whether the client has begun to get its answer, so that a failure is told with it and no longer
   * hidden. Of a stream, what was read counts, sent or not: else it would be luck whether a piece
   * and the failure right behind it came in one read, and the piece were lost.
   */
  boolean hasBegun() {
    return spoke && !whole;
  }

  int pieces() {
    return pieces;
  }

  /** Whether its last line has been read. */
  boolean isFinished() {
    return finished;
  }

  /** Whether more waits for the client than may; the end of an answer is sent in any case. */
  boolean isStuck() {
    return outbox.isFull() && !finished;
  }

  void drop() {
    outbox.rest();
  }

  void grant(int messages) {
    outbox.grant(messages);
  }

  /** Everything that was read and not sent yet, when the client can take it. */
  List<RunEffect> next() {
    return whole && spoke && !begun ? begin() : say(outbox.next());
  }

  /** That a whole answer has begun is told at once, and what it is at its end. */
  private List<RunEffect> begin() {
    List<ChatEvent> events = outbox.next();
    begun = true;
    return List.of(new RunEffect.Begin(), new RunEffect.Say(events));
  }

  /** The same, whether it can or not: nothing comes after it. */
  List<RunEffect> rest() {
    return say(outbox.rest());
  }

  /** What is left, then why there is no more; a client that has everything is told nothing. */
  List<RunEffect> restAnd(Failure failure) {
    List<RunEffect> effects = new ArrayList<>(rest());
    if (!finished) {
      effects.add(new RunEffect.Break(failure, Verdict.outcome(failure)));
    }
    return effects;
  }

  /** Its end for routing: what was finished is complete, however its connection ended. */
  RunEffect end(Outcome otherwise) {
    return new RunEffect.End(
        finished ? Outcome.COMPLETED : otherwise, counts, transcript.answer(), false);
  }

  /** Another client gets it, which has heard nothing yet and has a credit of its own. */
  void again(boolean asWhole) {
    whole = asWhole;
    begun = false;
    outbox = new EventOutbox();
    if (!whole || finished) {
      outbox.add(transcript.events());
    }
  }

  Duration settling() {
    return pace.settling();
  }

  long silentMillis(long now) {
    return pace.silentMillis(now);
  }

  private List<RunEffect> say(List<ChatEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    RunEffect said = new RunEffect.Say(events);
    boolean first = !begun;
    begun = true;
    return first ? List.of(new RunEffect.Begin(), said) : List.of(said);
  }
}
