package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage.Forget;
import com.visiquate.ccproxy.bus.BusMessage.Recall;
import com.visiquate.ccproxy.bus.BusMessage.Recalled;
import com.visiquate.ccproxy.bus.BusMessage.Remember;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.StorableAnswer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An ingress's side of the memory of answers, which all of them share; owns nothing of it. */
final class Memory {
  /** It answers at once; whoever is silent for so long is not there. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Bus bus;

  Memory(Bus bus) {
    this.bus = bus;
  }

  /** Those of the responses that are remembered, by id; fails only when nobody answers. */
  Future<Map<ResponseId, StoredResponse>> recall(Set<ResponseId> responses) {
    return bus.ask(Address.MEMORY_RECALL, new Recall(responses), PATIENCE).map(Memory::byId);
  }

  /** Forgets a response; what it was is in the answer, by id. */
  Future<Map<ResponseId, StoredResponse>> forget(ResponseId response) {
    return bus.ask(Address.MEMORY_FORGET, new Forget(response), PATIENCE).map(Memory::byId);
  }

  /** The same answer; when it ends well and its client may go on from it, it is remembered. */
  Answer keeping(Answer answer) {
    return answer instanceof StorableAnswer storable
        ? new Remembered(storable, this::remember)
        : answer;
  }

  private void remember(StoredResponse response) {
    bus.send(Address.MEMORY_REMEMBER, new Remember(response));
  }

  private static Map<ResponseId, StoredResponse> byId(Recalled recalled) {
    return recalled.found().stream()
        .collect(Collectors.toMap(StoredResponse::id, Function.identity()));
  }
}
