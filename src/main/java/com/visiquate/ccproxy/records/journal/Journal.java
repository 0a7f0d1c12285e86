package com.visiquate.ccproxy.records.journal;

import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.account.Rollup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries that wait for the database. One thread may add to it while another one reads: both hold
 * it only as long as a file is written or read.
 */
public final class Journal implements AutoCloseable {
  private static final long LARGEST_SEGMENT = 4L << 20;
  private static final int FEWEST_SEGMENTS = 8;

  private final Spool spool;
  private final long limit;
  private final long segmentLimit;
  private final List<Segment> segments;
  private final Map<Segment, Long> sizes = new HashMap<>();
  private long next;
  private long place;
  private long dropped;
  private long broken;
  private @Nullable OutputStream current;

  private Journal(Spool spool, long limit) throws IOException {
    this.spool = spool;
    this.limit = limit;
    this.segmentLimit = Math.clamp(limit / FEWEST_SEGMENTS, 1, LARGEST_SEGMENT);
    this.segments = new ArrayList<>(spool.found());
    this.next = segments.isEmpty() ? 1 : segments.getLast().last() + 1;
    for (Segment one : segments) {
      sizes.put(one, Files.size(file(one)));
      if (one.totals()) {
        dropped += TotalsFile.read(file(one)).records();
      }
    }
  }

  /**
   * Opens it, with all that an earlier process has left in it.
   *
   * @param limit most bytes that it should have
   */
  public static Journal open(Path folder, long limit) throws IOException {
    return new Journal(Spool.open(folder), limit);
  }

  /** Tells this journal from all others. */
  public String id() {
    return spool.id();
  }

  public synchronized void append(List<Entry> entries) throws IOException {
    byte[] lines = Lines.entries(entries);
    if (current == null || sizes.getOrDefault(segments.getLast(), 0L) >= segmentLimit) {
      begin();
    }
    OutputStream out = current;
    if (out != null) {
      write(out, lines);
      sizes.merge(segments.getLast(), (long) lines.length, Long::sum);
    }
    while (bytes() > limit && fold()) {
      // One more has become small.
    }
  }

  /** What follows half a line would be lost with it, so that it goes into another segment. */
  private void write(OutputStream out, byte[] lines) throws IOException {
    try {
      out.write(lines);
    } catch (IOException full) {
      current = null;
      out.close();
      sizes.put(segments.getLast(), Files.size(file(segments.getLast())));
      throw full;
    }
  }

  /** The next entries, or sums; null when there are none now. */
  public synchronized @Nullable Chunk next(int most) throws IOException {
    while (!segments.isEmpty()) {
      Segment head = segments.getFirst();
      if (head.totals()) {
        Position end = new Position(head.last() + 1, 0);
        return new Chunk.Totals(here(), end, TotalsFile.read(file(head)).sums());
      }
      SegmentReader reader = new SegmentReader(file(head), head.first());
      Chunk.@Nullable Entries chunk = reader.read(here(), most);
      broken += reader.broken();
      if (chunk != null || isCurrent(head)) {
        return chunk;
      }
      remove(head);
    }
    return null;
  }

  /** Where the next one begins. */
  public synchronized Position here() {
    return segments.isEmpty()
        ? new Position(next, 0)
        : new Position(segments.getFirst().first(), place);
  }

  /** Goes on from where the database has got to. */
  public synchronized void goOn(Position from) throws IOException {
    while (!segments.isEmpty() && segments.getFirst().last() < from.segment()) {
      remove(segments.getFirst());
    }
    if (!segments.isEmpty() && segments.getFirst().first() == from.segment()) {
      place = from.place();
    }
  }

  /** What it takes on disk. */
  public synchronized long bytes() {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What of it waits. */
  public synchronized long waitingBytes() {
    return bytes() - (segments.isEmpty() || segments.getFirst().totals() ? 0 : place);
  }

  /** Records of which only the sums are kept. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Lines that could not be read. */
  public synchronized long broken() {
    return broken;
  }

  @Override
  public synchronized void close() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
    spool.close();
  }

  private void begin() throws IOException {
    if (current != null) {
      current.close();
    }
    Segment fresh = Segment.ofEntries(next++);
    if (segments.isEmpty()) {
      place = 0;
    }
    current =
        Files.newOutputStream(file(fresh), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    segments.add(fresh);
    sizes.put(fresh, 0L);
  }

  /**
   * Makes sums of the oldest entries. Never of the first segment: it may be in the database in
   * part, and nobody knows as long as the database is away.
   */
  private boolean fold() throws IOException {
    int at = 1;
    while (at < segments.size() && segments.get(at).totals()) {
      at++;
    }
    if (at >= segments.size() - 1) {
      return false;
    }
    Segment old = segments.get(at);
    Segment before = segments.get(at - 1);
    boolean merges = at > 1 && before.totals();
    Rollup sums = new Rollup();
    long records = new SegmentReader(file(old), old.first()).sum(sums);
    dropped += records;
    if (merges) {
      TotalsFile earlier = TotalsFile.read(file(before));
      earlier.sums().forEach(sums::add);
      records += earlier.records();
    }
    Segment folded = new Segment(merges ? before.first() : old.first(), old.last(), true);
    new TotalsFile(sums.coarse(), records).write(file(folded));
    if (merges) {
      remove(before);
    }
    remove(old);
    segments.add(merges ? at - 1 : at, folded);
    sizes.put(folded, Files.size(file(folded)));
    return true;
  }

  private void remove(Segment segment) throws IOException {
    if (segments.getFirst().equals(segment)) {
      place = 0;
    }
    segments.remove(segment);
    sizes.remove(segment);
    Files.deleteIfExists(file(segment));
  }

  private boolean isCurrent(Segment segment) {
    return current != null && segments.getLast().equals(segment);
  }

  private Path file(Segment segment) {
    return segment.in(spool.folder());
  }
}
