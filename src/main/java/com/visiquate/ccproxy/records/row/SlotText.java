package com.visiquate.ccproxy.records.row;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import com.visiquate.ccproxy.bus.RequestRecord.Slots;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Slots as a JSON object: microseconds by backend. Names of backends need no escapes. */
public final class SlotText {
  private static final Pattern USE = Pattern.compile("\"([^\"]+)\":(-?\\d+)");

  private SlotText() {}

  /** Null when its backend and its machine time say the same. */
  static @Nullable String write(RequestRecord record) {
    List<SlotUse> uses = record.slots().uses();
    if (uses.isEmpty()
        || (uses.size() == 1 && uses.getFirst().backend().equals(record.served().backend()))) {
      return null;
    }
    return uses.stream()
        .map(use -> "\"" + use.backend() + "\":" + use.micros())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** What was written, with what was left out. */
  public static Slots read(@Nullable String text, @Nullable String backend, long micros) {
    if (text != null) {
      return new Slots(
          USE.matcher(text)
              .results()
              .map(use -> new SlotUse(use.group(1), Long.parseLong(use.group(2))))
              .toList());
    }
    return backend == null || micros == 0
        ? Slots.NONE
        : new Slots(List.of(new SlotUse(backend, micros)));
  }
}
