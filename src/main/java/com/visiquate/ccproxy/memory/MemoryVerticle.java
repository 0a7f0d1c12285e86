package com.visiquate.ccproxy.memory;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.Fact.Looped;
import com.visiquate.ccproxy.bus.LoopMessage;
import com.visiquate.ccproxy.bus.LoopMessage.Looping;
import com.visiquate.ccproxy.bus.LoopMessage.Step;
import com.visiquate.ccproxy.bus.LoopMessage.ToolTurn;
import com.visiquate.ccproxy.bus.MemoryMessage.Forget;
import com.visiquate.ccproxy.bus.MemoryMessage.Recall;
import com.visiquate.ccproxy.bus.MemoryMessage.Recalled;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.config.MemorySettings;
import com.visiquate.ccproxy.fleet.LogKeys;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what clients may go on from; owns what is remembered, which only its own context touches.
 */
public final class MemoryVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryVerticle.class);
  private final ResponseStore store;
  private final Thoughts thoughts;
  private final Loops loops;
  private List<Bus.Subscription> subscriptions = List.of();

  public MemoryVerticle(MemorySettings settings) {
    store = new ResponseStore(settings.responses(), settings.bytes());
    thoughts = new Thoughts(settings);
    loops = new Loops(settings.loops());
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    subscriptions =
        List.of(
            bus.listen(Address.MEMORY_REMEMBER, remember -> store.put(remember.response())),
            bus.answer(Address.MEMORY_RECALL, this::recalled),
            bus.answer(Address.MEMORY_FORGET, this::forgotten),
            bus.listen(Address.MEMORY_KEEP, thoughts::keep),
            bus.answer(Address.MEMORY_RECOLLECT, thoughts::recollect),
            bus.listen(Address.MEMORY_STEP, step -> stepped(bus, step)));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
  }

  private void stepped(Bus bus, Step step) {
    int times = loops.heard(step);
    if (times >= LoopMessage.LOOP && step instanceof ToolTurn turn) {
      bus.send(Address.ingress(turn.ingress()), new Looping(turn.exchange(), times));
      bus.publish(Address.METRICS_FACT, new Looped(turn.who().client(), turn.alias(), times));
      log(turn, times);
    }
  }

  /** With the third, the sixth, the twelfth and so on: a loop is no reason to fill a disk. */
  private static void log(ToolTurn turn, int times) {
    if (times % LoopMessage.LOOP == 0 && Integer.bitCount(times / LoopMessage.LOOP) == 1) {
      LOG.atWarn()
          .addKeyValue(LogKeys.EXCHANGE, turn.exchange())
          .addKeyValue(LogKeys.CLIENT, turn.who().client())
          .addKeyValue(LogKeys.TIMES, times)
          .log("an agent goes round in circles: the same calls got the same results again");
    }
  }

  private Recalled recalled(Recall recall) {
    return new Recalled(
        recall.responses().stream().map(store::find).flatMap(Optional::stream).toList());
  }

  private Recalled forgotten(Forget forget) {
    List<StoredResponse> found = store.find(forget.response()).stream().toList();
    store.remove(forget.response());
    return new Recalled(found);
  }
}
