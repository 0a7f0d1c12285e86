package com.visiquate.ccproxy.routing.request;

import com.visiquate.ccproxy.fleet.Reading;
import java.time.Duration;
import java.util.Locale;

/**
 * What one request is expected to cost on one backend now, and the one place where its terms are
 * summed up. All times are nanoseconds; docs/scheduling.md, "What a start costs", explains each.
 *
 * <pre>
 * first token = untilFree + others + load + prompt
 * E           = first token + loss + stall + output
 * S           = E + fairness - patience × waited          the least is the best
 * </pre>
 *
 * @param work its own, in the slot
 * @param untilFree until a slot is free there; 0 when one is
 * @param others prompts that are computed there before its own
 * @param promptTokens of the whole prompt
 * @param cachedTokens how many of them need not be computed again
 * @param loss what the conversations that lose their place would pay to come back
 * @param stall what the answers that run there lose while its prompt is computed
 * @param held how long the slot is still kept from it for others; not positive when it is not
 * @param batch what Ollama computes at one go of it, and of others beside it
 * @param longest after so long its prompt is stuck
 */
public record Estimate(
    Work work,
    long untilFree,
    long others,
    int promptTokens,
    int cachedTokens,
    long loss,
    long stall,
    long held,
    long batch,
    long longest) {

  /** Until its client sees the first token. */
  public long firstToken() {
    return untilFree + others + work.untilFirstToken();
  }

  /** The same, and what it costs others. */
  public long untilFirstToken() {
    return firstToken() + loss + stall;
  }

  /** E: until the slot is free again, and what it costs others. */
  public long service() {
    return untilFirstToken() + work.output();
  }

  /**
   * S: by which requests for one slot are compared.
   *
   * @param fairness penalty of its client, in nanoseconds
   * @param patience how much of E a nanosecond of waiting makes up for
   * @param waited nanoseconds since it was first asked
   */
  public double score(double fairness, double patience, double waited) {
    return service() + fairness - patience * waited;
  }

  /** Whether its waiting has made up for all of E, so that nothing may keep it out any more. */
  public boolean isOverdue(double patience, double waited) {
    return patience * waited > service();
  }

  /** The same where a slot is free only after this time. */
  public Estimate waiting(long nanos) {
    return new Estimate(
        work, nanos, others, promptTokens, cachedTokens, loss, stall, held, batch, longest);
  }

  public Reading reading() {
    boolean atOnce = untilFree + others + work.load() == 0;
    return new Reading(Duration.ofNanos(batch), atOnce, Duration.ofNanos(longest));
  }

  /** For the log: its parts in seconds. */
  @Override
  public String toString() {
    return "wait=%s others=%s load=%s tokens=%d cached=%d prompt=%s output=%s loss=%s stall=%s"
        .formatted(
            seconds(untilFree),
            seconds(others),
            seconds(work.load()),
            promptTokens,
            cachedTokens,
            seconds(work.prompt()),
            seconds(work.output()),
            seconds(loss),
            seconds(stall));
  }

  private static String seconds(long nanos) {
    return Duration.ofMillis(nanos / 1_000_000).toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
