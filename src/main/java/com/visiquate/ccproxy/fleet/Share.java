package com.visiquate.ccproxy.fleet;

/**
 * A model and its part of what comes by a name.
 *
 * @param weight beside those of the others; 0 gets none
 */
public record Share(ModelName model, int weight) {
  public Share {
    Expect.that(weight >= 0, "share", weight, ">= 0");
  }
}
