package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.MemoryMessage.Forget;
import com.visiquate.ccproxy.bus.MemoryMessage.Recall;
import com.visiquate.ccproxy.bus.MemoryMessage.Recalled;
import com.visiquate.ccproxy.bus.MemoryMessage.Remember;
import com.visiquate.ccproxy.bus.ThoughtMessage.Keep;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollect;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollected;
import com.visiquate.ccproxy.chat.CallKey;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.StorableAnswer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An ingress's side of the memory of answers, which all of them share; owns nothing of it. */
public final class MemoryClient {
  /** It answers at once; whoever is silent for so long is not there. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Bus bus;

  public MemoryClient(Bus bus) {
    this.bus = bus;
  }

  /** Those of the responses that are remembered, by id; fails only when nobody answers. */
  public Future<Map<ResponseId, StoredResponse>> recall(Set<ResponseId> responses) {
    return bus.ask(Address.MEMORY_RECALL, new Recall(responses), PATIENCE).map(MemoryClient::byId);
  }

  /** Forgets a response; what it was is in the answer, by id. */
  public Future<Map<ResponseId, StoredResponse>> forget(ResponseId response) {
    return bus.ask(Address.MEMORY_FORGET, new Forget(response), PATIENCE).map(MemoryClient::byId);
  }

  /** What the models thought before these calls, as far as that is remembered. */
  public Future<Map<CallKey, String>> recollect(Set<CallKey> calls) {
    return bus.ask(Address.MEMORY_RECOLLECT, new Recollect(calls), PATIENCE)
        .map(Recollected::thoughts);
  }

  /**
   * The same answer; when it ends well and its client may go on from it, it is remembered. So is
   * what was thought before a call, for clients that send only the call again.
   */
  Answer keeping(Answer answer, Decoded.Understood request) {
    Answer noted = mayCall(request) ? new Overheard(answer, note()) : answer;
    if (!(answer instanceof StorableAnswer storable)) {
      return noted;
    }
    // It is handed over before its last bytes are sent: a quick client continues it right after.
    return new Overheard(
        noted,
        event -> {
          if (event instanceof ChatEvent.Finished) {
            storable.stored().ifPresent(this::remember);
          }
        });
  }

  private Recollection.Note note() {
    return new Recollection.Note(
        (call, thinking) -> bus.send(Address.MEMORY_KEEP, new Keep(call, thinking)));
  }

  private static boolean mayCall(Decoded.Understood request) {
    return request.parts().getFirst() instanceof ChatRequest chat && !chat.tools().isEmpty();
  }

  private void remember(StoredResponse response) {
    bus.send(Address.MEMORY_REMEMBER, new Remember(response));
  }

  private static Map<ResponseId, StoredResponse> byId(Recalled recalled) {
    return recalled.found().stream()
        .collect(Collectors.toMap(StoredResponse::id, Function.identity()));
  }
}
