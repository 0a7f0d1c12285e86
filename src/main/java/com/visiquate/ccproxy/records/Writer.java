package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.records.journal.Chunk;
import com.visiquate.ccproxy.records.journal.Journal;
import com.visiquate.ccproxy.records.journal.Position;
import com.visiquate.ccproxy.records.table.RecordTables;
import com.visiquate.ccproxy.store.DatabaseException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the journal into the database, step by step; for one thread that may wait. */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int BATCH = 1_000;

  private final Journal journal;
  private final Opening opening;
  private final InstantSource clock;

  /** Where the database says that the journal is; null when it must be asked. */
  private @Nullable Position written;

  private volatile State state = new State(null, "", 0);

  /** What came of a step. */
  enum Step {
    WROTE,
    IDLE,
    AWAY
  }

  /**
   * How it goes.
   *
   * @param refused records that the database does not take
   */
  record State(@Nullable Instant awaySince, String lastError, long refused) {}

  Writer(Journal journal, Opening opening, InstantSource clock) {
    this.journal = journal;
    this.opening = opening;
    this.clock = clock;
  }

  State state() {
    return state;
  }

  /** Writes the next batch. */
  Step step() {
    try {
      RecordTables tables = new RecordTables(opening.open(), journal.id());
      Position from = locate(tables);
      Chunk chunk = journal.next(BATCH);
      if (chunk != null) {
        write(tables, chunk, from);
      }
      back();
      return chunk == null ? Step.IDLE : Step.WROTE;
    } catch (SQLException | DatabaseException | IOException failed) {
      away(failed);
      return Step.AWAY;
    }
  }

  private Position locate(RecordTables tables) throws SQLException, IOException {
    Position known = written;
    if (known == null) {
      known = tables.position();
      journal.goOn(known);
      written = known;
    }
    return known;
  }

  private void write(RecordTables tables, Chunk chunk, Position from)
      throws SQLException, IOException {
    boolean moved;
    try {
      moved = tables.write(chunk, from);
    } catch (SQLException failed) {
      if (chunk instanceof Chunk.Entries entries && isAboutData(failed)) {
        oneByOne(tables, entries, from);
        return;
      }
      throw failed;
    }
    // Not moved: what seemed to have failed had been written after all.
    written = moved ? chunk.to() : null;
    if (moved) {
      journal.goOn(chunk.to());
    }
  }

  /** One record that the database does not take must not keep all others out. */
  private void oneByOne(RecordTables tables, Chunk.Entries chunk, Position from)
      throws SQLException, IOException {
    Position at = from;
    for (int i = 0; i < chunk.entries().size(); i++) {
      Position end = chunk.ends().get(i);
      var one = new Chunk.Entries(at, List.of(chunk.entries().get(i)), List.of(end));
      try {
        if (!tables.write(one, at)) {
          written = null;
          return;
        }
      } catch (SQLException refused) {
        if (!isAboutData(refused)) {
          throw refused;
        }
        LOG.atError().setCause(refused).log("a record was refused by {}", opening.name());
        state = new State(state.awaySince(), text(refused), state.refused() + 1);
        tables.skip(at, end);
      }
      at = end;
      written = at;
      journal.goOn(at);
    }
  }

  private static boolean isAboutData(SQLException failed) {
    String state = failed.getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }

  private void away(Exception failed) {
    // Perhaps it was written, and only the answer was lost.
    written = null;
    if (state.awaySince() == null) {
      tell(failed);
      state = new State(clock.instant(), text(failed), state.refused());
    } else {
      state = new State(state.awaySince(), text(failed), state.refused());
    }
  }

  /** What only an operator can mend is an error, with its cure. */
  private void tell(Exception failed) {
    if (failed instanceof DatabaseException unusable && !unusable.mayPass()) {
      LOG.error("records wait in the spool: {}", unusable.getMessage());
    } else {
      LOG.atWarn().setCause(failed).log("records wait in the spool: {} is away", opening.name());
    }
  }

  private void back() {
    if (state.awaySince() != null) {
      LOG.atInfo().log("records are written again: {} is back", opening.name());
      state = new State(null, state.lastError(), state.refused());
    }
  }

  private static String text(Exception failed) {
    Throwable cause = failed.getCause();
    String message = String.valueOf(failed.getMessage());
    return cause == null ? message : message + ": " + cause.getMessage();
  }
}
