package com.visiquate.ccproxy.fleet;

import java.util.Map;

/**
 * The prices of all models; one that is not in it costs nothing.
 *
 * @param currency in which all money is counted, e.g. {@code USD}; only shown, never converted
 * @param cloud what others take for tokens, by the names that {@link Price#compare} uses
 */
public record PriceBook(
    String currency, Map<ModelName, Price> models, Map<String, Price.Tokens> cloud) {
  public static final PriceBook EMPTY = new PriceBook("USD", Map.of(), Map.of());
  private static final Price FREE = new Price(Price.Tokens.NOTHING, 0, null);

  public PriceBook {
    models = Map.copyOf(models);
    cloud = Map.copyOf(cloud);
  }

  public Price of(ModelName model) {
    return models.getOrDefault(model, FREE);
  }

  /** What the cloud model that a price is compared with takes; nothing when it names none. */
  public Price.Tokens cloudOf(ModelName model) {
    String compare = of(model).compare();
    return compare == null
        ? Price.Tokens.NOTHING
        : cloud.getOrDefault(compare, Price.Tokens.NOTHING);
  }
}
