package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.Bus.Subscription;
import com.visiquate.ccproxy.bus.CacheMessage.Purge;
import com.visiquate.ccproxy.bus.CacheMessage.Purged;
import com.visiquate.ccproxy.bus.SharedMessage.AnswerFound;
import com.visiquate.ccproxy.bus.SharedMessage.FindAnswer;
import com.visiquate.ccproxy.bus.SharedMessage.Keepsake;
import com.visiquate.ccproxy.bus.SharedMessage.KnownAnswer;
import com.visiquate.ccproxy.bus.SharedMessage.KnownResponse;
import com.visiquate.ccproxy.bus.SharedMessage.KnownThought;
import com.visiquate.ccproxy.bus.SharedMessage.PurgeAll;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollect;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollected;
import com.visiquate.ccproxy.chat.CallKey;
import com.visiquate.ccproxy.wire.Wire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this node's memory and cache want all nodes to know, and want to know of them. */
final class SharedDesk {
  private static final Duration THOUGHT = Duration.ofDays(1);

  private final Bus bus;
  private final Shelves shelves;
  private final Function<Purge, Future<Long>> others;
  private final SharedResponses responses;
  private final Wire wire;
  private final List<Subscription> subscriptions = new ArrayList<>();

  /**
   * One that nobody has asked.
   *
   * @param others has all other nodes discard their own answers; says how many they had
   */
  SharedDesk(Vertx vertx, Shelves shelves, Wire wire, Function<Purge, Future<Long>> others) {
    this.bus = Bus.of(vertx);
    this.shelves = shelves;
    this.wire = wire;
    this.others = others;
    this.responses = new SharedResponses(vertx, shelves, wire);
  }

  /** Listens from now on. */
  void open() {
    responses.rehearse();
    subscriptions.addAll(
        List.of(
            bus.listen(Address.SHARED_KEEP, this::keep),
            bus.answerLater(Address.SHARED_RESPONSES, responses::find),
            bus.answerLater(Address.SHARED_FORGET, responses::forget),
            bus.answerLater(Address.SHARED_THOUGHTS, this::find),
            bus.answerLater(Address.SHARED_ANSWERS, this::find),
            bus.answerLater(Address.SHARED_PURGE, this::purge)));
  }

  void close() {
    subscriptions.forEach(Subscription::end);
    subscriptions.clear();
  }

  private void keep(Keepsake keepsake) {
    switch (keepsake) {
      case KnownResponse response -> responses.keep(response);
      case KnownThought(var call, var thinking) ->
          shelves.thoughts().keep(name(call), () -> bytes(keepsake), THOUGHT);
      case KnownAnswer answer ->
          shelves.answers().keep(answer.name(), () -> bytes(keepsake), answer.ttl());
    }
  }

  private byte[] bytes(Keepsake keepsake) {
    return wire.encode(keepsake);
  }

  /** What cannot be read is of another version, and not there. */
  private <T extends Keepsake> Stream<T> read(List<byte[]> found, Class<T> type) {
    return found.stream()
        .flatMap(one -> wire.decodeKeepsake(one).stream())
        .filter(type::isInstance)
        .map(type::cast);
  }

  // ---- thoughts

  private static String name(CallKey call) {
    return call.id() + "/" + call.tool();
  }

  private Future<Recollected> find(Recollect question) {
    return shelves
        .thoughts()
        .find(question.calls().stream().map(SharedDesk::name).toList())
        .map(
            found ->
                new Recollected(
                    read(found, KnownThought.class)
                        .filter(one -> question.calls().contains(one.call()))
                        .collect(
                            Collectors.toMap(
                                KnownThought::call, KnownThought::thinking, (a, b) -> a))));
  }

  // ---- answers

  private Future<AnswerFound> find(FindAnswer question) {
    return shelves
        .answers()
        .find(List.of(question.name()))
        .map(
            found ->
                new AnswerFound(
                    read(found, KnownAnswer.class)
                        .filter(one -> one.name().equals(question.name()))
                        .findFirst()
                        .orElse(null)));
  }

  private Future<Purged> purge(PurgeAll all) {
    Purge purge = all.purge();
    Future<Long> shared =
        purge.keys().isEmpty()
            ? shelves.answers().removeLike(all.pattern())
            : shelves.answers().removeAll(purge.keys());
    Future<Long> own = others.apply(purge);
    return Future.join(shared, own)
        .map(both -> new Purged(Math.max(shared.result(), own.result())));
  }
}
