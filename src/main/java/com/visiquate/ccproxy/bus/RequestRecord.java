package com.visiquate.ccproxy.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one request: who asked, what answered, how long it took and what it cost; never a
 * word of its prompt or its answer. Moments are microseconds since 1970, spans microseconds.
 *
 * @param id the exchange's
 * @param revision 0 as it ended; more for each time that more became known of its slots or its
 *     prompt
 * @param node the gateway that served it
 */
public record RequestRecord(
    String id,
    int revision,
    String node,
    Asked asked,
    Served served,
    Times times,
    Tokens tokens,
    Slots slots,
    Price price) {

  /**
   * What was asked, and by whom.
   *
   * @param key the name of the key that it came in with; null when none was needed
   * @param parent the agent or session that began this one
   */
  public record Asked(
      String route,
      String dialect,
      boolean streamed,
      String alias,
      String client,
      @Nullable String key,
      @Nullable String conversation,
      @Nullable String session,
      @Nullable String parent) {}

  /**
   * What answered, and how it ended.
   *
   * @param model null when it never ran
   * @param backend where it ran last; null when it never ran
   * @param insteadOf the model that was asked first; null when that is the one
   * @param outcome as in metrics, e.g. {@code completed}
   * @param status of HTTP; 0 when none was sent
   * @param failure the kind, e.g. {@code queue_full}; null when there was none
   * @param tools the names of those that it called, each once
   * @param cacheHit whether it was answered without a model
   */
  public record Served(
      @Nullable String model,
      @Nullable String backend,
      @Nullable String insteadOf,
      String outcome,
      int status,
      @Nullable String failure,
      int attempts,
      List<String> tools,
      boolean cacheHit) {
    public Served {
      tools = List.copyOf(tools);
    }
  }

  /**
   * When, and how long.
   *
   * @param firstToken the moment; null when there was none
   * @param queue how long it waited for its slot
   * @param load how long its model was loaded for it
   * @param prompt how long its prompt was computed
   * @param output how long its answer was generated
   */
  public record Times(
      long arrived,
      @Nullable Long firstToken,
      long ended,
      long queue,
      long load,
      long prompt,
      long output) {
    /** From its arrival to its end. */
    public long total() {
      return ended - arrived;
    }
  }

  /**
   * How many.
   *
   * @param prompt all of it, cached ones included
   * @param cached as far as is known: by Ollama, or by how long the prompt took
   * @param output all of it, thinking included
   * @param lost those that were computed only because the client had changed its prefix
   * @param lostWhere the part of the prompt that was changed; null when none was
   */
  public record Tokens(
      long prompt, long cached, long output, long thinking, long lost, @Nullable String lostWhere) {
    /** The same, when so many were cached; what was cached was not lost. */
    public Tokens withCached(long known) {
      long now = Math.min(prompt, Math.max(cached, known));
      return new Tokens(prompt, now, output, thinking, Math.min(lost, prompt - now), lostWhere);
    }
  }

  /**
   * The slots that it held.
   *
   * @param uses in the order of the backends' names, each once
   */
  public record Slots(List<SlotUse> uses) {
    public static final Slots NONE = new Slots(List.of());

    public Slots {
      uses = List.copyOf(uses);
    }

    /** Machine time: how long it held slots, all together. */
    public long micros() {
      return uses.stream().mapToLong(SlotUse::micros).sum();
    }

    /** How long it held slots of this backend. */
    public long microsOf(String backend) {
      return uses.stream()
          .filter(use -> use.backend().equals(backend))
          .mapToLong(SlotUse::micros)
          .sum();
    }
  }

  /** How long it held slots of one backend. */
  public record SlotUse(String backend, long micros) {}

  /**
   * What it cost, in the currency of the price book.
   *
   * @param saved what the same tokens would have cost elsewhere
   */
  public record Price(double cost, double saved) {
    public static final Price NONE = new Price(0, 0);
  }

  /** The same, with what became known later. */
  public RequestRecord revised(int number, Slots held, Price cost) {
    return new RequestRecord(id, number, node, asked, served, times, tokens, held, cost);
  }

  /** The same, with other counts. */
  public RequestRecord counted(Tokens counts) {
    return new RequestRecord(id, revision, node, asked, served, times, counts, slots, price);
  }
}
