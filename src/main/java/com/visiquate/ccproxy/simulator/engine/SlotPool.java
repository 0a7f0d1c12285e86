package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Tokens;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The slots of one loaded model, and the rule by which a prompt gets one of them. */
final class SlotPool {
  /** llama-server: a slot is chosen by its prefix only if it holds more than this of the prompt. */
  private static final double SIMILAR = 0.1;

  /** The newer line saves what it would lose if the prompt keeps less than this of the cache. */
  private static final double WORTH_SAVING = 0.5;

  private final List<Slot> slots;
  private final Generation generation;
  private final PromptCache replaced;
  private long turns;

  SlotPool(int size, Generation generation, int ramCache) {
    this.slots = Stream.generate(Slot::new).limit(size).toList();
    this.generation = generation;
    this.replaced = new PromptCache(ramCache);
  }

  /** A slot for this prompt, now occupied, and how many of the prompt's tokens it holds already. */
  public record Seat(Slot slot, int cached) {}

  int size() {
    return slots.size();
  }

  long busy() {
    return slots.stream().filter(slot -> !slot.free()).count();
  }

  Optional<Seat> seat(int[] prompt) {
    return choose(prompt).map(slot -> occupied(slot, prompt));
  }

  private Optional<Slot> choose(int[] prompt) {
    // Stream.max keeps the last of equals; Ollama takes the first.
    Optional<Slot> longest =
        free().reduce((one, two) -> shared(two, prompt) > shared(one, prompt) ? two : one);
    return switch (generation) {
      case OLDER -> longest;
      case NEWER ->
          longest
              .filter(slot -> shared(slot, prompt) > SIMILAR * prompt.length)
              .or(() -> free().min(Comparator.comparingLong(Slot::lastUsed)));
    };
  }

  private Seat occupied(Slot slot, int[] prompt) {
    if (generation == Generation.NEWER) {
      exchange(slot, prompt);
    }
    slot.occupy(++turns);
    // The last token is always computed: its result is what the first answer token comes from.
    return new Seat(slot, Math.max(0, Math.min(shared(slot, prompt), prompt.length - 1)));
  }

  /** Puts aside what the slot would lose most of, and only then looks for something better. */
  private void exchange(Slot slot, int[] prompt) {
    int shared = shared(slot, prompt);
    boolean similar = shared > SIMILAR * prompt.length;
    if (!similar || shared < WORTH_SAVING * slot.cache().length) {
      int[] before = slot.cache();
      replaced.save(before);
      replaced.takeBetterThan(before, prompt).ifPresent(slot::restore);
    }
    // Whoever starts has the idle slots copied, too.
    free().filter(other -> other != slot).forEach(other -> replaced.save(other.cache()));
  }

  private Stream<Slot> free() {
    return slots.stream().filter(Slot::free);
  }

  private static int shared(Slot slot, int[] prompt) {
    return Tokens.commonPrefix(slot.cache(), prompt);
  }
}
