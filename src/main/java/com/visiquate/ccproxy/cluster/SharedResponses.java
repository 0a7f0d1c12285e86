package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.bus.SharedMessage.FindResponses;
import com.visiquate.ccproxy.bus.SharedMessage.ForgetResponse;
import com.visiquate.ccproxy.bus.SharedMessage.KnownResponse;
import com.visiquate.ccproxy.bus.SharedMessage.ResponsesFound;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.wire.Wire;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The responses that all nodes know, and those that all are to have forgotten. */
final class SharedResponses {
  private static final String REHEARSAL = "rehearsal";
  private static final Duration REMEMBERED = Duration.ofDays(30);

  /** By one request; no client needs more. */
  private static final int MOST_ASKED = 256;

  /**
   * A client may ask one node for what another has just told it, before all know: it is looked for
   * again.
   */
  private static final List<Long> AGAIN_MILLIS = List.of(10L, 30L, 80L);

  private final Vertx vertx;
  private final Shelves shelves;
  private final Wire wire;

  SharedResponses(Vertx vertx, Shelves shelves, Wire wire) {
    this.vertx = vertx;
    this.shelves = shelves;
    this.wire = wire;
  }

  /** So that the first one is not slower than all others: a client may be at the next node. */
  void rehearse() {
    StoredResponse nothing =
        new StoredResponse(new ResponseId(REHEARSAL), new RawJson("{}"), List.of(), List.of());
    KnownResponse known = new KnownResponse(nothing);
    shelves
        .responses()
        .keep(REHEARSAL, () -> wire.encode(known), Duration.ofSeconds(1))
        .compose(kept -> look(Set.of(nothing.id()), AGAIN_MILLIS.size()));
  }

  void keep(KnownResponse known) {
    shelves.responses().keep(known.response().id().value(), () -> wire.encode(known), REMEMBERED);
  }

  /** What all nodes know of them. */
  Future<ResponsesFound> find(FindResponses question) {
    Set<ResponseId> wanted =
        question.elsewhere().stream().limit(MOST_ASKED).collect(Collectors.toSet());
    Set<ResponseId> all = new HashSet<>(question.here());
    all.addAll(wanted);
    Future<Set<ResponseId>> forgotten = forgotten(all);
    Future<List<StoredResponse>> found = look(wanted, 0);
    return Future.join(forgotten, found)
        .map(both -> new ResponsesFound(found.result(), forgotten.result()));
  }

  private Future<List<StoredResponse>> look(Set<ResponseId> wanted, int times) {
    return shelves
        .responses()
        .find(wanted.stream().map(ResponseId::value).toList())
        .map(found -> responses(found, wanted))
        .compose(
            found ->
                found.size() == wanted.size() || times == AGAIN_MILLIS.size()
                    ? Future.succeededFuture(found)
                    : later(AGAIN_MILLIS.get(times)).compose(then -> look(wanted, times + 1)));
  }

  private List<StoredResponse> responses(List<byte[]> found, Set<ResponseId> wanted) {
    return found.stream()
        .flatMap(one -> wire.decodeKeepsake(one).stream())
        .filter(KnownResponse.class::isInstance)
        .map(one -> ((KnownResponse) one).response())
        .filter(one -> wanted.contains(one.id()))
        .toList();
  }

  private Future<Void> later(long millis) {
    Promise<Void> promise = Promise.promise();
    vertx.setTimer(millis, then -> promise.complete());
    return promise.future();
  }

  private Future<Set<ResponseId>> forgotten(Set<ResponseId> ids) {
    return shelves
        .forgotten()
        .find(ids.stream().map(ResponseId::value).toList())
        .map(
            found ->
                found.stream()
                    .map(one -> new ResponseId(new String(one, StandardCharsets.UTF_8)))
                    .filter(ids::contains)
                    .collect(Collectors.toSet()));
  }

  /**
   * That it is forgotten is kept as well: the node that gave it has it still, and it may yet be on
   * its way. What nobody knows leaves no trace.
   */
  Future<ResponsesFound> forget(ForgetResponse forget) {
    Set<ResponseId> id = Set.of(forget.response());
    Future<Set<ResponseId>> before = forgotten(id);
    Future<List<StoredResponse>> found =
        forget.here() ? Future.succeededFuture(List.of()) : look(id, 0);
    return Future.join(before, found)
        .compose(
            both ->
                forget.here() || !found.result().isEmpty()
                    ? leave(forget.response().value())
                    : Future.succeededFuture(false))
        .map(left -> new ResponsesFound(found.result(), before.result()));
  }

  private Future<Boolean> leave(String name) {
    return shelves
        .forgotten()
        .keep(name, () -> name.getBytes(StandardCharsets.UTF_8), REMEMBERED)
        .compose(kept -> shelves.responses().remove(name).map(kept));
  }
}
