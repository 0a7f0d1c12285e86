package com.visiquate.ccproxy.fleet;

import java.util.Map;
import java.util.OptionalDouble;

/** What the keys and values of one token take, by what {@code /api/show} tells of a model. */
public final class KvCost {
  private final Map<String, Object> info;
  private final String architecture;

  private KvCost(Map<String, Object> info) {
    this.info = info;
    this.architecture = info.getOrDefault("general.architecture", "") + ".";
  }

  /**
   * In bytes: for each layer and each of its heads for keys and values, the length of a head,
   * twice. Empty where any of them is not told, or differs from layer to layer.
   */
  public static OptionalDouble ofToken(ModelCard card, KvType type) {
    KvCost cost = new KvCost(card.info());
    double numbers = cost.layers() * cost.heads() * (cost.length("key") + cost.length("value"));
    return numbers > 0 ? OptionalDouble.of(numbers * type.bytes()) : OptionalDouble.empty();
  }

  private double layers() {
    return number("block_count");
  }

  private double heads() {
    return number("attention.head_count_kv");
  }

  private double length(String of) {
    double told = number("attention." + of + "_length");
    double heads = number("attention.head_count");
    return told > 0 || heads == 0 ? told : number("embedding_length") / heads;
  }

  /** 0 when it is not told, or is none. */
  private double number(String name) {
    return info.get(architecture + name) instanceof Number told ? told.doubleValue() : 0;
  }
}
