package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newer line: prompts are computed in batches that those of one model share, first come first
 * filled, and that nothing interrupts; a running answer gets one token a batch meanwhile. An
 * abandoned prompt takes part in batches until its client's leaving is noticed, and keeps its slot
 * to the end of the batch that runs then.
 */
final class BatchMachine implements Machine {
  private final Profile profile;
  private final List<Run> prompts = new ArrayList<>();
  private final Map<Run, Double> leaving = new HashMap<>();
  private final Decoder decoder;
  private @Nullable Batch batch;
  private double time;

  /** What is computed at one go: how many tokens of whose prompt, and how long it still takes. */
  private static final class Batch {
    private final Map<Run, Integer> parts = new LinkedHashMap<>();
    private final SimulatedModel model;
    private int room;
    private double left;

    Batch(Run first, int size) {
      model = first.model();
      room = size;
    }

    void add(Run run) {
      int tokens = Math.min(room, run.unread());
      if (tokens > 0 && run.model().equals(model)) {
        room -= tokens;
        left += tokens * run.nanosPerToken();
        parts.put(run, tokens);
      }
    }
  }

  BatchMachine(Profile profile) {
    this.profile = profile;
    decoder = new Decoder(profile.pace());
  }

  @Override
  public void read(Run run) {
    prompts.add(run);
  }

  @Override
  public void abandon(Run run, double unnoticed) {
    run.abandon();
    leaving.put(run, time + unnoticed);
  }

  @Override
  public void drop(Run run) {
    prompts.remove(run);
    decoder.remove(run);
  }

  @Override
  public boolean idle() {
    return prompts.isEmpty() && decoder.answers().isEmpty();
  }

  @Override
  public List<Run> answers() {
    return decoder.answers();
  }

  @Override
  public void advance(double nanos) {
    double left = nanos;
    for (Batch now = current(); now != null; now = current()) {
      double spent = Math.min(left, now.left);
      now.left -= spent;
      time += spent;
      left -= spent;
      if (now.left > 0) {
        return;
      }
      finish(now);
    }
    time += left;
    decoder.decode(left);
  }

  /** What is computed now; null when no prompt is. */
  private @Nullable Batch current() {
    if (batch == null && !prompts.isEmpty()) {
      Run first = prompts.getFirst();
      int size = profile.generation().batch(first.claim().contextLength());
      Batch next = new Batch(first, size);
      prompts.forEach(next::add);
      batch = next;
    }
    return batch;
  }

  private void finish(Batch done) {
    batch = null;
    done.parts.forEach(Run::read);
    for (Run answer : decoder.answers()) {
      if (answer.model().equals(done.model)) {
        answer.earn(1);
      }
    }
    for (Run run : List.copyOf(prompts)) {
      if (run.unread() == 0 || leaving.getOrDefault(run, Double.MAX_VALUE) <= time) {
        stop(run);
      }
    }
  }

  /** It speaks now, or is over as soon as somebody asks it to speak. */
  private void stop(Run run) {
    prompts.remove(run);
    leaving.remove(run);
    run.promptDone();
    decoder.add(run);
  }
}
