package com.visiquate.ccproxy.memory;

import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The responses that clients may continue, bounded in number and bytes; the one that nobody asked
 * for the longest is forgotten first.
 *
 * <p>It belongs to one thread.
 */
final class ResponseStore {
  private final int mostResponses;
  private final long mostBytes;
  private final Map<ResponseId, StoredResponse> byAge = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param mostResponses how many to keep; 0 keeps none
   * @param mostBytes how much they may hold together, see {@link StoredResponse#bytes}
   */
  ResponseStore(int mostResponses, long mostBytes) {
    this.mostResponses = mostResponses;
    this.mostBytes = mostBytes;
  }

  /** Keeps a response, unless it alone is too large: then the others stay. */
  void put(StoredResponse response) {
    remove(response.id());
    if (response.bytes() > mostBytes) {
      return;
    }
    byAge.put(response.id(), response);
    bytes += response.bytes();
    forgetOldest();
  }

  /** A response, which counts as used by that. */
  Optional<StoredResponse> find(ResponseId id) {
    return Optional.ofNullable(byAge.get(id));
  }

  /** Forgets a response; false when it was not there. */
  boolean remove(ResponseId id) {
    StoredResponse removed = byAge.remove(id);
    bytes -= removed == null ? 0 : removed.bytes();
    return removed != null;
  }

  int size() {
    return byAge.size();
  }

  long bytes() {
    return bytes;
  }

  private void forgetOldest() {
    Iterator<StoredResponse> oldest = byAge.values().iterator();
    while (byAge.size() > mostResponses || bytes > mostBytes) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }
}
