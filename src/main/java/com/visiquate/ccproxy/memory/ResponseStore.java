package com.visiquate.ccproxy.memory;

import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import java.util.Optional;

/** The answers that clients may go on from. It belongs to one thread. */
final class ResponseStore {
  private final Bounded<ResponseId, StoredResponse> byId;

  /**
   * @param mostResponses how many to keep; 0 keeps none
   * @param mostBytes how much they may hold together, see {@link StoredResponse#bytes}
   */
  ResponseStore(int mostResponses, long mostBytes) {
    byId = new Bounded<>(mostResponses, mostBytes, StoredResponse::bytes);
  }

  /** Keeps a response, unless it alone is too large: then the others stay. */
  void put(StoredResponse response) {
    byId.put(response.id(), response);
  }

  /** A response, which counts as used by that. */
  Optional<StoredResponse> find(ResponseId id) {
    return byId.find(id);
  }

  /** Forgets a response; false when it was not there. */
  boolean remove(ResponseId id) {
    return byId.remove(id);
  }

  int size() {
    return byId.size();
  }

  long bytes() {
    return byId.bytes();
  }
}
