package com.visiquate.ccproxy.simulator.model;

import static com.visiquate.ccproxy.simulator.model.Capability.COMPLETION;
import static com.visiquate.ccproxy.simulator.model.Capability.EMBEDDING;
import static com.visiquate.ccproxy.simulator.model.Capability.INSERT;
import static com.visiquate.ccproxy.simulator.model.Capability.THINKING;
import static com.visiquate.ccproxy.simulator.model.Capability.TOOLS;
import static com.visiquate.ccproxy.simulator.model.Capability.VISION;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How one simulated server is built and set up: its models, its limits (in the words of Ollama's
 * environment), its generation, its speed and its seed.
 *
 * @param claims the generation whose version it reports
 */
public record Profile(
    List<SimulatedModel> models,
    Limits limits,
    Generation generation,
    Pace pace,
    long seed,
    int port,
    boolean toolCallsOnDoneLine,
    Generation claims) {

  /**
   * What Ollama's environment sets: NUM_PARALLEL, MAX_LOADED_MODELS, MAX_QUEUE, CONTEXT_LENGTH and
   * KEEP_ALIVE; and how many tokens the newer line keeps of replaced prompts, in host RAM, of a
   * model of seven billion parameters.
   */
  public record Limits(
      int slots, int maxLoaded, int maxQueue, int contextLength, Duration keepAlive, int ramCache) {
    static final Limits DEFAULT = new Limits(1, 3, 512, 4096, Duration.ofMinutes(5), 150_000);
  }

  /**
   * How fast simulated time runs, and how much one more running answer slows the others.
   *
   * @param scale 20 is twenty times faster than the models' own rates; infinite takes no time
   * @param crowding 0: answers do not slow each other; 1: they share one rate
   */
  public record Pace(double scale, double crowding) {
    public double decodeRate(SimulatedModel model, int running) {
      return model.decodeRate() * scale / (1 + crowding * Math.max(0, running - 1));
    }

    public boolean takesNoTime() {
      return Double.isInfinite(scale);
    }
  }

  public Profile {
    models = List.copyOf(models);
  }

  /** Real models at the pace of one machine of the deployment. */
  public static Profile demo() {
    return new Profile(
        catalogue(),
        Limits.DEFAULT,
        Generation.OLDER,
        new Pace(1, 0.5),
        42,
        0,
        false,
        Generation.OLDER);
  }

  /** The demo's models, taking no time at all. */
  public static Profile instant() {
    return demo().scaled(Double.POSITIVE_INFINITY);
  }

  private static List<SimulatedModel> catalogue() {
    Set<Capability> coder = Set.of(COMPLETION, TOOLS, INSERT);
    return List.of(
        model("qwen2.5-coder:7b-instruct", 125, 50, 1.5, coder)
            .card("qwen2", "7.6B", 4_683_087_561L),
        model("qwen2.5-coder:32b-instruct", 30, 9, 14, coder)
            .card("qwen2", "32.8B", 19_851_349_898L),
        model("qwen3:8b", 120, 45, 1.6, Set.of(COMPLETION, TOOLS, THINKING))
            .card("qwen3", "8.2B", 5_225_388_164L),
        model("qwen2.5vl:7b", 110, 42, 2, Set.of(COMPLETION, VISION))
            .card("qwen25vl", "8.3B", 5_969_245_856L),
        model("nomic-embed-text", 2000, 50, 0.4, Set.of(EMBEDDING))
            .card("nomic-bert", "137M", 274_302_450L));
  }

  private record Draft(
      String name, double prompt, double decode, double load, Set<Capability> capabilities) {
    SimulatedModel card(String family, String parameters, long bytes) {
      return new SimulatedModel(
          name,
          prompt,
          decode,
          Duration.ofMillis((long) (load * 1000)),
          capabilities,
          new SimulatedModel.Card(family, parameters, "Q4_K_M", bytes));
    }
  }

  private static Draft model(
      String name, double prompt, double decode, double load, Set<Capability> capabilities) {
    return new Draft(name, prompt, decode, load, capabilities);
  }

  /** The same models, which read their prompts so many times faster and write as before. */
  public Profile reading(double faster) {
    return withModels(models.stream().map(model -> model.reading(faster)).toList());
  }

  public Profile scaled(double scale) {
    return withPace(new Pace(scale, pace.crowding));
  }

  public Profile withCrowding(double crowding) {
    return withPace(new Pace(pace.scale, crowding));
  }

  public Profile withSlots(int slots) {
    Limits l = limits;
    return withLimits(
        new Limits(slots, l.maxLoaded, l.maxQueue, l.contextLength, l.keepAlive, l.ramCache));
  }

  public Profile withMaxLoaded(int maxLoaded) {
    Limits l = limits;
    return withLimits(
        new Limits(l.slots, maxLoaded, l.maxQueue, l.contextLength, l.keepAlive, l.ramCache));
  }

  public Profile withMaxQueue(int maxQueue) {
    Limits l = limits;
    return withLimits(
        new Limits(l.slots, l.maxLoaded, maxQueue, l.contextLength, l.keepAlive, l.ramCache));
  }

  public Profile withContextLength(int tokens) {
    Limits l = limits;
    return withLimits(
        new Limits(l.slots, l.maxLoaded, l.maxQueue, tokens, l.keepAlive, l.ramCache));
  }

  public Profile withKeepAlive(Duration time) {
    Limits l = limits;
    return withLimits(
        new Limits(l.slots, l.maxLoaded, l.maxQueue, l.contextLength, time, l.ramCache));
  }

  public Profile withRamCache(int tokens) {
    Limits l = limits;
    return withLimits(
        new Limits(l.slots, l.maxLoaded, l.maxQueue, l.contextLength, l.keepAlive, tokens));
  }

  public Profile withGeneration(Generation line) {
    return new Profile(models, limits, line, pace, seed, port, toolCallsOnDoneLine, line);
  }

  /** Reports the version of another generation than the one that it is. */
  public Profile claiming(Generation other) {
    return new Profile(models, limits, generation, pace, seed, port, toolCallsOnDoneLine, other);
  }

  public Profile withModels(List<SimulatedModel> installed) {
    return new Profile(
        installed, limits, generation, pace, seed, port, toolCallsOnDoneLine, claims);
  }

  public Profile withModels(SimulatedModel... installed) {
    return withModels(List.of(installed));
  }

  /** 0 takes a free port. */
  public Profile withPort(int number) {
    return new Profile(models, limits, generation, pace, seed, number, toolCallsOnDoneLine, claims);
  }

  public Profile withSeed(long number) {
    return new Profile(models, limits, generation, pace, number, port, toolCallsOnDoneLine, claims);
  }

  /** Tool calls ride on the {@code done} line instead of a line of their own. */
  public Profile withToolCallsOnDoneLine(boolean onDoneLine) {
    return new Profile(models, limits, generation, pace, seed, port, onDoneLine, claims);
  }

  public Profile withLimits(Limits other) {
    return new Profile(models, other, generation, pace, seed, port, toolCallsOnDoneLine, claims);
  }

  private Profile withPace(Pace other) {
    return new Profile(models, limits, generation, other, seed, port, toolCallsOnDoneLine, claims);
  }
}
