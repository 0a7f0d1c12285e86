package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.chat.Utf8;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies about responses that are remembered: {@code /v1/responses/{id}} and below. */
public final class StoredBodies {
  private StoredBodies() {}

  /** Of {@code GET /v1/responses/{id}}. */
  public static byte[] shown(StoredResponse response) {
    return Utf8.bytes(response.body().text());
  }

  /**
   * Of {@code GET /v1/responses/{id}?stream=true}: a whole stream.
   *
   * @param startingAfter the number of the last event that the client has seen, as the query says
   *     it; what makes no sense counts as not said
   */
  public static byte[] streamed(StoredResponse response, @Nullable String startingAfter) {
    boolean said = startingAfter != null && startingAfter.matches("[0-9]{1,9}");
    return Replay.of(response, said ? Integer.parseInt(startingAfter) : -1);
  }

  /** Of {@code POST /v1/responses/{id}/cancel}, always a 400: nothing runs in the background. */
  public static byte[] uncancellable() {
    return new ByteSink()
        .raw("{\"error\":{\"message\":\"Cannot cancel a synchronous response.\"")
        .raw(",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}")
        .take();
  }

  /** Of {@code DELETE /v1/responses/{id}}. */
  public static byte[] deleted(ResponseId id) {
    return new ByteSink()
        .raw("{\"id\":")
        .json(id.value())
        .raw(",\"object\":\"response\",\"deleted\":true}")
        .take();
  }

  /** Of a 404: nobody remembers this response. */
  public static byte[] missing(ResponseId id) {
    return new ByteSink()
        .raw("{\"error\":{\"message\":")
        .json("Response with id '%s' not found.".formatted(id))
        .raw(",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}")
        .take();
  }

  /** Of {@code GET /v1/responses/{id}/input_items}. */
  public static byte[] inputItems(StoredResponse response, ItemsPage page) {
    List<RawJson> all = page.oldestFirst() ? response.input() : response.input().reversed();
    List<RawJson> rest = all.subList(start(all, page), all.size());
    List<RawJson> shown = rest.subList(0, Math.min(page.limit(), rest.size()));
    ByteSink out = new ByteSink().raw("{\"object\":\"list\",\"data\":[");
    out.raw(String.join(",", shown.stream().map(RawJson::text).toList()));
    out.raw("],\"first_id\":").raw(shown.isEmpty() ? "null" : id(shown.getFirst()));
    out.raw(",\"last_id\":").raw(shown.isEmpty() ? "null" : id(shown.getLast()));
    return out.raw(",\"has_more\":" + (shown.size() < rest.size()) + "}").take();
  }

  /** Behind everything when the last seen item is unknown, so that nobody pages in circles. */
  private static int start(List<RawJson> items, ItemsPage page) {
    String after = page.after();
    if (after == null) {
      return 0;
    }
    int at = 0;
    while (at < items.size() && !StoredItems.isOf(items.get(at), after)) {
      at++;
    }
    return Math.min(at + 1, items.size());
  }

  private static String id(RawJson item) {
    byte[] json = Utf8.bytes(item.text());
    return Field.parse(json).at("id").raw().text();
  }
}
