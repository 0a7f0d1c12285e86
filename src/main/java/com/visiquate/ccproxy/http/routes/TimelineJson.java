package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.TimelineMessage.Lane;
import com.visiquate.ccproxy.bus.TimelineMessage.Stretch;
import com.visiquate.ccproxy.bus.TimelineMessage.StretchesFound;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Stretches as JSON: each is a short list of numbers, so that thousands of them stay small. */
final class TimelineJson {
  private TimelineJson() {}

  static Buffer of(StretchesFound found) {
    JsonArray slots = new JsonArray();
    for (Lane lane : found.lanes()) {
      slots.add(new JsonObject().put("backend", lane.backend().value()).put("slot", lane.slot()));
    }
    Buffer body = Buffer.buffer(64 + 60 * found.stretches().size());
    body.appendString(
        "{\"from\":%d,\"to\":%d,\"slots\":%s,\"strings\":%s,\"stretches\":["
            .formatted(
                found.from(), found.to(), slots.encode(), new JsonArray(found.strings()).encode()));
    boolean first = true;
    for (Stretch one : found.stretches()) {
      body.appendString(first ? "\n" : ",\n").appendString(row(one));
      first = false;
    }
    return body.appendString("],\"truncated\":" + found.truncated() + "}\n");
  }

  private static String row(Stretch one) {
    return List.of(
            one.lane(),
            one.kind().number(),
            one.start(),
            one.end(),
            one.exchange(),
            one.client(),
            one.conversation(),
            one.model(),
            one.role(),
            one.tokens())
        .toString();
  }
}
