package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.config.RecordsSettings;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.journal.Journal;
import com.visiquate.ccproxy.records.table.Retention;
import com.visiquate.ccproxy.store.Database;
import com.visiquate.ccproxy.store.DatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the verticle has its workers do: all of it waits for a disk or a database. */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
  private final Opening opening;
  private final Journal journal;
  private final Writer writer;
  private final Answers answers;
  private final Retention retention;
  private final @Nullable LinesFile lines;
  private final InstantSource clock;

  private Desk(RecordsSettings settings, Opening opening, Journal journal, InstantSource clock) {
    this.opening = opening;
    this.journal = journal;
    this.clock = clock;
    this.retention = new Retention(settings.keep(), settings.maxSize());
    this.lines =
        settings.lines().isEmpty()
            ? null
            : new LinesFile(Path.of(settings.lines()), LinesFile.LARGEST);
    this.writer = new Writer(journal, opening, clock);
    this.answers = new Answers(opening, clock);
  }

  /** Opens the journal; the database is opened by whoever first writes into it. */
  static Desk open(RecordsSettings settings, InstantSource clock)
      throws IOException, DatabaseException {
    Opening opening = new Opening(settings);
    Journal journal = Journal.open(Path.of(settings.spoolFolder()), settings.spoolSize());
    return new Desk(settings, opening, journal, clock);
  }

  /** Brings entries to disk. */
  int append(List<Entry> entries) throws IOException {
    if (!entries.isEmpty()) {
      journal.append(entries);
      writeLines(entries);
    }
    return entries.size();
  }

  /** They are a convenience: the journal is what counts. */
  private void writeLines(List<Entry> entries) {
    LinesFile file = lines;
    if (file == null) {
      return;
    }
    try {
      file.append(entries);
    } catch (IOException failed) {
      LOG.atWarn().setCause(failed).log("the lines of the records cannot be written");
    }
  }

  /** Deletes some of what is too old or too much; says how many, 0 when nothing is left. */
  int deleteSome() {
    Database database = opening.opened().orElse(null);
    if (database == null) {
      return 0;
    }
    try {
      return retention.run(database, clock.instant());
    } catch (SQLException failed) {
      LOG.atWarn().setCause(failed).log("old records of {} cannot be deleted", opening.name());
      return 0;
    }
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
