package com.visiquate.ccproxy.memory;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.MemoryMessage.Forget;
import com.visiquate.ccproxy.bus.MemoryMessage.Recall;
import com.visiquate.ccproxy.bus.MemoryMessage.Recalled;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.config.MemorySettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what clients may go on from; owns what is remembered, which only its own context touches.
 */
public final class MemoryVerticle extends VerticleBase {
  private final ResponseStore store;
  private final Thoughts thoughts;
  private List<Bus.Subscription> subscriptions = List.of();

  public MemoryVerticle(MemorySettings settings) {
    store = new ResponseStore(settings.responses(), settings.bytes());
    thoughts = new Thoughts(settings);
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
            bus.answer(Address.MEMORY_RECOLLECT, thoughts::recollect));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
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
