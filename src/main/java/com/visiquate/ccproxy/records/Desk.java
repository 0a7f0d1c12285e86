package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.config.RecordsSettings;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.journal.Journal;
import com.visiquate.ccproxy.store.DatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** What the verticle has its workers do: all of it waits for a disk or a database. */
final class Desk {
  private final Opening opening;
  private final Journal journal;
  private final Writer writer;
  private final Answers answers;

  private Desk(Opening opening, Journal journal, InstantSource clock) {
    this.opening = opening;
    this.journal = journal;
    this.writer = new Writer(journal, opening, clock);
    this.answers = new Answers(opening, clock);
  }

  /** Fails when it cannot work; a database that is only away is waited for later. */
  static Desk open(RecordsSettings settings, InstantSource clock)
      throws IOException, DatabaseException {
    Opening opening = new Opening(settings);
    try {
      opening.open();
    } catch (DatabaseException unusable) {
      if (!unusable.mayPass()) {
        throw unusable;
      }
    }
    try {
      Path spool = Path.of(settings.spoolFolder());
      return new Desk(opening, Journal.open(spool, settings.spoolSize()), clock);
    } catch (IOException unusable) {
      opening.close();
      throw unusable;
    }
  }

  /** Brings entries to disk. */
  int append(List<Entry> entries) throws IOException {
    if (!entries.isEmpty()) {
      journal.append(entries);
    }
    return entries.size();
  }

  /** Brings what comes next from the disk to the database. */
  Writer.Step write() {
    return writer.step();
  }

  /** Brings all of it to the database, unless that is away. */
  Writer.Step finish() {
    Writer.Step step = writer.step();
    while (step == Writer.Step.WROTE) {
      step = writer.step();
    }
    return step;
  }

  boolean isAway() {
    return writer.state().awaySince() != null;
  }

  /** How it goes. */
  RecordsStatus status(long lost) {
    Writer.State state = writer.state();
    return new RecordsStatus(
        journal.waitingBytes(),
        journal.dropped(),
        lost + journal.broken() + state.refused(),
        state.awaySince(),
        state.lastError());
  }

  Answers answers() {
    return answers;
  }

  boolean close() throws IOException {
    opening.close();
    journal.close();
    return true;
  }
}
