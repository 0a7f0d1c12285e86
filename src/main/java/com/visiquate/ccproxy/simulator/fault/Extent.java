package com.visiquate.ccproxy.simulator.fault;

/** How many requests a fault meets. */
public sealed interface Extent {
  /** The next so many. */
  record Next(int requests) implements Extent {}

  /** All, until healed. */
  record Always() implements Extent {}

  /** About this share of them, between 0 and 1, drawn from the profile's seed. */
  record Share(double probability) implements Extent {}
}
