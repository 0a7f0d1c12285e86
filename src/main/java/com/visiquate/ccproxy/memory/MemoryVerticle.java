package com.visiquate.ccproxy.memory;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.Fact.Looped;
import com.visiquate.ccproxy.bus.LoopMessage;
import com.visiquate.ccproxy.bus.LoopMessage.Looping;
import com.visiquate.ccproxy.bus.LoopMessage.Step;
import com.visiquate.ccproxy.bus.LoopMessage.ToolTurn;
import com.visiquate.ccproxy.bus.MemoryMessage.Recall;
import com.visiquate.ccproxy.bus.MemoryMessage.Recalled;
import com.visiquate.ccproxy.bus.SharedMessage.FindResponses;
import com.visiquate.ccproxy.bus.SharedMessage.ForgetResponse;
import com.visiquate.ccproxy.bus.SharedMessage.KnownResponse;
import com.visiquate.ccproxy.bus.SharedMessage.KnownThought;
import com.visiquate.ccproxy.bus.SharedMessage.ResponsesFound;
import com.visiquate.ccproxy.bus.ThoughtMessage.Keep;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollect;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollected;
import com.visiquate.ccproxy.chat.CallKey;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.config.MemorySettings;
import com.visiquate.ccproxy.fleet.LogKeys;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what clients may go on from; owns what is remembered, which only its own context touches.
 */
public final class MemoryVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryVerticle.class);

  /** A node that dies is noticed later; until then what only it knows is not there. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  /** Without them a prompt is computed for longer, and no more. */
  private static final Duration PATIENCE_FOR_THOUGHTS = Duration.ofMillis(100);

  private final boolean remembers;
  private final ResponseStore store;
  private final Thoughts thoughts;
  private final Loops loops;
  private List<Bus.Subscription> subscriptions = List.of();

  public MemoryVerticle(MemorySettings settings) {
    remembers = settings.responses() > 0;
    store = new ResponseStore(settings.responses(), settings.bytes());
    thoughts = new Thoughts(settings);
    loops = new Loops(settings.loops());
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    subscriptions =
        List.of(
            bus.listen(Address.MEMORY_REMEMBER, remember -> remember(bus, remember.response())),
            bus.answerLater(Address.MEMORY_RECALL, recall -> recalled(bus, recall)),
            bus.answerLater(Address.MEMORY_FORGET, forget -> forgotten(bus, forget.response())),
            bus.listen(Address.MEMORY_KEEP, thought -> keep(bus, thought)),
            bus.answerLater(Address.MEMORY_RECOLLECT, question -> recollected(bus, question)),
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

  /** Whether what is remembered here is known to other nodes as well. */
  private boolean isShared(Bus bus) {
    return remembers && bus.isHeard(Address.SHARED_KEEP);
  }

  private void remember(Bus bus, StoredResponse response) {
    store.put(response);
    if (isShared(bus)) {
      bus.send(Address.SHARED_KEEP, new KnownResponse(response));
    }
  }

  private void keep(Bus bus, Keep thought) {
    thoughts.keep(thought);
    if (isShared(bus)) {
      bus.send(Address.SHARED_KEEP, new KnownThought(thought.call(), thought.thinking()));
    }
  }

  private Future<Recollected> recollected(Bus bus, Recollect question) {
    Set<CallKey> unknown = isShared(bus) ? thoughts.unknown(question) : Set.of();
    if (unknown.isEmpty()) {
      return Future.succeededFuture(thoughts.recollect(question));
    }
    return bus.ask(Address.SHARED_THOUGHTS, new Recollect(unknown), PATIENCE_FOR_THOUGHTS)
        .onSuccess(found -> thoughts.learn(unknown, found))
        .transform(asked -> Future.succeededFuture(thoughts.recollect(question)));
  }

  private Future<Recalled> recalled(Bus bus, Recall recall) {
    List<StoredResponse> here =
        recall.responses().stream().map(store::find).flatMap(Optional::stream).toList();
    if (recall.responses().isEmpty() || !isShared(bus)) {
      return Future.succeededFuture(new Recalled(here));
    }
    Set<ResponseId> known = here.stream().map(StoredResponse::id).collect(Collectors.toSet());
    Set<ResponseId> others = new HashSet<>(recall.responses());
    others.removeAll(known);
    return asked(bus.ask(Address.SHARED_RESPONSES, new FindResponses(known, others), PATIENCE))
        .map(told -> together(here, told));
  }

  /** Nobody has heard of it there, if nobody answers. */
  private static Future<ResponsesFound> asked(Future<ResponsesFound> answer) {
    return answer.otherwise(new ResponsesFound(List.of(), Set.of()));
  }

  /**
   * What comes from other nodes is not kept here: clients go on from the next response, and nobody
   * has to be told when it is forgotten.
   */
  private Recalled together(List<StoredResponse> here, ResponsesFound told) {
    told.forgotten().forEach(store::remove);
    return new Recalled(
        Stream.concat(here.stream(), told.found().stream())
            .filter(one -> !told.forgotten().contains(one.id()))
            .toList());
  }

  private Future<Recalled> forgotten(Bus bus, ResponseId id) {
    List<StoredResponse> here = store.find(id).stream().toList();
    store.remove(id);
    if (!isShared(bus)) {
      return Future.succeededFuture(new Recalled(here));
    }
    ForgetResponse forget = new ForgetResponse(id, !here.isEmpty());
    return asked(bus.ask(Address.SHARED_FORGET, forget, PATIENCE))
        .map(told -> together(here, told))
        .map(both -> new Recalled(both.found().stream().limit(1).toList()));
  }
}
