package com.visiquate.ccproxy.records.account;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Sums of many entries by day and value. */
public final class Rollup {
  private static final long DAY = 86_400_000_000L;
  private final Map<Key, Sum> sums = new HashMap<>();

  /**
   * Whose sum it is.
   *
   * @param scope empty for all, else the key whose part it is
   * @param day since 1970
   */
  public record Key(String scope, Dimension dimension, long day, String value)
      implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::scope)
            .thenComparing(Key::dimension)
            .thenComparingLong(Key::day)
            .thenComparing(Key::value);

    // Written out, for there are dozens of them for each record: a record's own way to do so goes
    // through a method handle.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && day == that.day
          && dimension == that.dimension
          && value.equals(that.value)
          && scope.equals(that.scope);
    }

    @Override
    public int hashCode() {
      return ((scope.hashCode() * 31 + dimension.hashCode()) * 31 + Long.hashCode(day)) * 31
          + value.hashCode();
    }

    /** All who write many go in this order, so that none waits for another in a circle. */
    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** The day of a moment. */
  public static long day(long micros) {
    return Math.floorDiv(micros, DAY);
  }

  /** Adds what an entry changes. */
  public void add(Entry entry) {
    add(entry.now(), 1);
    if (entry.before() != null) {
      add(entry.before(), -1);
    }
  }

  /** Adds a sum that has been made before. */
  public void add(Key key, Sum sum) {
    at(key).add(sum);
  }

  /** In order, without those that change nothing. */
  public void forEach(BiConsumer<Key, Sum> each) {
    new TreeMap<>(sums)
        .forEach(
            (key, sum) -> {
              if (!sum.isNothing()) {
                each.accept(key, sum);
              }
            });
  }

  /** The same, smaller: conversations are not told apart any more. */
  public Rollup coarse() {
    Rollup coarse = new Rollup();
    sums.forEach(
        (key, sum) ->
            coarse.add(
                key.dimension().isFine() && !key.value().isEmpty()
                    ? new Key(key.scope(), key.dimension(), key.day(), "(dropped)")
                    : key,
                sum));
    return coarse;
  }

  private void add(RequestRecord record, int sign) {
    addIn("", record, sign);
    String key = record.asked().key();
    if (key != null) {
      addIn(key, record, sign);
    }
  }

  private void addIn(String scope, RequestRecord record, int sign) {
    long day = day(record.times().arrived());
    long machine = sign * record.slots().micros();
    for (Dimension dimension : Dimension.EVERY) {
      dimension.forEachValue(
          record,
          value -> {
            Sum sum = at(new Key(scope, dimension, day, value));
            sum.add(record, sign);
            if (dimension != Dimension.BACKEND) {
              sum.addMachine(machine);
            }
          });
    }
    for (SlotUse use : record.slots().uses()) {
      at(new Key(scope, Dimension.BACKEND, day, use.backend())).addMachine(sign * use.micros());
    }
  }

  private Sum at(Key key) {
    return sums.computeIfAbsent(key, none -> new Sum());
  }
}
