package com.visiquate.ccproxy.memory;

import com.visiquate.ccproxy.bus.LoopMessage.OtherTurn;
import com.visiquate.ccproxy.bus.LoopMessage.Step;
import com.visiquate.ccproxy.bus.LoopMessage.ToolTurn;
import com.visiquate.ccproxy.bus.LoopMessage.TurnOver;
import com.visiquate.ccproxy.bus.LoopMessage.Who;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often each conversation has come with the same tool turn in a row. A request says itself how
 * often it has that turn; what only is known here are those who send the same again, and those
 * whose clients clear old results. It belongs to one thread.
 */
final class Loops {
  private final Bounded<Who, Row> rows;

  /**
   * The same turn, in a row.
   *
   * @param running which request with it has not ended; null when all have
   */
  private record Row(long turn, int times, @Nullable ExchangeId running) {}

  /**
   * @param most how many conversations to look after
   */
  Loops(int most) {
    rows = new Bounded<>(most, most, row -> 1);
  }

  /** Says how often the turn has come in a row; 0 for what is none. */
  int heard(Step step) {
    switch (step) {
      case ToolTurn turn -> {
        return begun(turn);
      }
      case OtherTurn other -> rows.remove(other.who());
      case TurnOver over -> ended(over);
    }
    return 0;
  }

  /** How many conversations it looks after. */
  int size() {
    return rows.size();
  }

  private int begun(ToolTurn turn) {
    Optional<Row> same = rows.find(turn.who()).filter(row -> row.turn == turn.turn());
    // Who asks the same beside a run of it is another one: an agent in a loop waits.
    int before = same.map(row -> row.running == null ? row.times : row.times - 1).orElse(0);
    int times = Math.max(turn.times(), before + 1);
    ExchangeId running = same.map(Row::running).orElse(turn.exchange());
    rows.put(turn.who(), new Row(turn.turn(), times, running));
    return times;
  }

  private void ended(TurnOver over) {
    rows.find(over.of().who())
        .filter(row -> over.exchange().equals(row.running))
        .ifPresent(
            row -> {
              int times = over.failed() ? row.times - 1 : row.times;
              rows.put(over.of().who(), new Row(row.turn, times, null));
            });
  }
}
