package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What http and the turnstile of the keys say to each other, and the nodes that share a turnstile
 * with the node that has it.
 */
public sealed interface AccessMessage extends BusMessage {
  /**
   * May one more exchange of this key begin?
   *
   * @param key its name
   */
  record Enter(ExchangeId exchange, String key) implements AccessMessage, AboutExchange {}

  /** The answer to {@link Enter}. */
  sealed interface Entry extends AccessMessage {}

  record Entered() implements Entry {}

  record Barred(Failure failure) implements Entry {}

  /**
   * An exchange that had asked to enter has ended; told exactly once, whatever the answer was.
   *
   * @param tokens of its prompt and its answer
   */
  record Exited(ExchangeId exchange, long tokens) implements AccessMessage, AboutExchange {}

  // ---- from each node to the turnstile of all

  /**
   * How the limited keys of a node stand, as a whole: a later one replaces an earlier one, and any
   * may be lost, late or doubled.
   *
   * @param number counts what this node has said
   * @param life of the turnstile that it takes for the present one; 0 when it knows none
   * @param since what was spent up to this number is left out, for that turnstile has heard of it
   * @param keys those of which there is anything to say; of all others nothing is open
   * @param owed what a turnstile has said last, for one that may not know it
   */
  record Claims(Member from, long number, long life, long since, List<KeyUse> keys, List<Owed> owed)
      implements AccessMessage {
    public Claims {
      keys = List.copyOf(keys);
      owed = List.copyOf(owed);
    }
  }

  /**
   * What one node makes of one key. What was spent is told as sums since the node began, so that
   * nothing counts twice.
   *
   * @param quota what it is there, for a turnstile that does not know the key
   * @param wanted those who may not begin yet
   * @param entered how many have begun and not ended
   * @param requests begun before the first mark
   * @param tokens used before the first mark
   */
  record KeyUse(
      String key,
      Quota quota,
      List<ExchangeId> wanted,
      int entered,
      long requests,
      long tokens,
      List<Mark> marks) {
    public KeyUse {
      wanted = List.copyOf(wanted);
      marks = List.copyOf(marks);
    }
  }

  /** So many requests had begun in all, and so many tokens were used, so long ago. */
  record Mark(Duration age, long requests, long tokens) {}

  /** How much was missing to a whole minute's allowance of a key, so long ago. */
  record Owed(String key, Duration age, double requests, double tokens) {}

  /** The answer to {@link Claims}. */
  sealed interface Hearing extends AccessMessage {}

  /**
   * The turnstile has heard it.
   *
   * @param life unlike that of any other turnstile
   * @param number of the claims that are answered
   * @param heard up to this number it knows all that was spent; 0 when it must be told everything
   * @param verdicts of those who may not begin yet; whom it does not name must go on asking
   * @param owed of all keys; null when it is not told this time
   */
  record Heard(
      long life, long number, long heard, List<Verdict> verdicts, @Nullable List<Owed> owed)
      implements Hearing {
    public Heard {
      verdicts = List.copyOf(verdicts);
      owed = owed == null ? null : List.copyOf(owed);
    }
  }

  /** Nobody has heard it; it is to be said again. */
  record Unheard() implements Hearing {}

  /** Whether it may begin; null when it may. */
  record Verdict(ExchangeId exchange, @Nullable Failure objection) {}
}
