package com.visiquate.ccproxy.routing.cache;

/**
 * How much of a prompt one theory says is cached, in characters.
 *
 * @param kept what it says
 * @param slot the same, if nothing came out of main memory
 * @param most the same, if main memory still held all that is remembered of it
 * @param depth how much main memory must hold for that; 0 when the slot is enough
 * @param unsure whether it may never have been put there
 */
record ExpectedReuse(int kept, int slot, int most, int depth, boolean unsure) {
  static final ExpectedReuse NOTHING = new ExpectedReuse(0, 0, 0, 0, false);

  static ExpectedReuse ofSlot(int kept) {
    return new ExpectedReuse(kept, kept, kept, 0, false);
  }
}
