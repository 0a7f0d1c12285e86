package com.visiquate.ccproxy.simulator.model;

import java.time.Duration;
import java.util.Set;

/**
 * An installed model: its name, how fast it reads (prompt) and writes (decode) in tokens a second,
 * how long it takes to load, what it can do, and the sizes that the listings show.
 */
public record SimulatedModel(
    String name,
    double promptRate,
    double decodeRate,
    Duration load,
    Set<Capability> capabilities,
    Card card,
    int charactersAToken,
    Way way) {

  /** English text under a modern vocabulary. */
  private static final int USUAL_TOKEN = 4;

  /** Some of the families that Ollama gives one slot. */
  private static final Set<String> ALONE = Set.of("mllama", "qwen3vl", "qwen35", "lfm2");

  /** What the listings say about a model. */
  public record Card(String family, String parameters, String quantization, long bytes) {
    /** How it is built, as its number of parameters tells. */
    public Shape shape() {
      return switch (parameters) {
        case "32.8B" -> new Shape(64, 40, 8, 5_120);
        case "8.2B" -> new Shape(36, 32, 8, 4_096);
        default -> Shape.SEVEN;
      };
    }
  }

  /** The numbers of which the size of a token's keys and values follows. */
  public record Shape(int layers, int heads, int keyValueHeads, int embedding) {
    private static final Shape SEVEN = new Shape(28, 28, 4, 3_584);

    /** In a memory that holds so many of seven billion parameters. */
    public int fitting(int tokens) {
      return (int) ((long) tokens * SEVEN.numbers() / numbers());
    }

    private int numbers() {
      return layers * keyValueHeads * embedding / heads;
    }
  }

  public SimulatedModel {
    name = withTag(name);
    capabilities = Set.copyOf(capabilities);
  }

  public SimulatedModel(
      String name,
      double promptRate,
      double decodeRate,
      Duration load,
      Set<Capability> capabilities,
      Card card) {
    this(name, promptRate, decodeRate, load, capabilities, card, USUAL_TOKEN, Way.RENDERED);
  }

  /** A small model without delays of its own that can do the given things, for tests. */
  public static SimulatedModel plain(String name, Capability... capabilities) {
    return new SimulatedModel(
        name,
        125,
        50,
        Duration.ofMillis(300),
        Set.of(capabilities),
        new Card("qwen2", "3.24M", "unknown", 12_951_696L));
  }

  SimulatedModel reading(double faster) {
    double rate = faster * promptRate;
    return new SimulatedModel(
        name, rate, decodeRate, load, capabilities, card, charactersAToken, way);
  }

  public boolean can(Capability capability) {
    return capabilities.contains(capability);
  }

  /** Whether a server runs one request of it at a time, whatever NUM_PARALLEL says. */
  public boolean isServedAlone() {
    return can(Capability.EMBEDDING) || ALONE.contains(card.family());
  }

  public SimulatedModel withRates(double prompt, double decode) {
    return new SimulatedModel(
        name, prompt, decode, load, capabilities, card, charactersAToken, way);
  }

  public SimulatedModel withLoad(Duration time) {
    return new SimulatedModel(
        name, promptRate, decodeRate, time, capabilities, card, charactersAToken, way);
  }

  public SimulatedModel withFamily(String family) {
    Card renamed = new Card(family, card.parameters, card.quantization, card.bytes);
    return new SimulatedModel(
        name, promptRate, decodeRate, load, capabilities, renamed, charactersAToken, way);
  }

  public SimulatedModel withCharactersAToken(int characters) {
    return new SimulatedModel(
        name, promptRate, decodeRate, load, capabilities, card, characters, way);
  }

  /** On the newer line. */
  public SimulatedModel withWay(Way other) {
    return new SimulatedModel(
        name, promptRate, decodeRate, load, capabilities, card, charactersAToken, other);
  }

  /** An empty run of this model's tokens. */
  public Tokens tokens() {
    return new Tokens(charactersAToken);
  }

  public static String withTag(String name) {
    return name.indexOf(':', name.lastIndexOf('/') + 1) < 0 ? name + ":latest" : name;
  }
}
