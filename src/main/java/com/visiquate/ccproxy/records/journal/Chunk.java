package com.visiquate.ccproxy.records.journal;

import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.Rollup;
import java.util.List;

/** What comes next in the journal. */
public sealed interface Chunk {
  /** Where it begins. */
  Position from();

  /** Where what follows it begins. */
  Position to();

  /**
   * Entries.
   *
   * @param ends where each of them ends
   */
  record Entries(Position from, List<Entry> entries, List<Position> ends) implements Chunk {
    @Override
    public Position to() {
      return ends.getLast();
    }
  }

  /** The sums of entries that there was no room for. */
  record Totals(Position from, Position to, Rollup sums) implements Chunk {}
}
