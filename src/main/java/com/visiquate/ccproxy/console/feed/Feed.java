package com.visiquate.ccproxy.console.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.bus.FeedMessage.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The document that was told last, and the way to it for whoever knows an earlier one. */
public final class Feed {
  private static final byte[] BEAT = ": nothing has changed\n\n".getBytes(StandardCharsets.UTF_8);

  private final Document writer;
  private final String epoch;
  private final Versions versions = new Versions();
  private ObjectNode document = JsonNodeFactory.instance.objectNode();
  private long number;
  private @Nullable Frame whole;

  /**
   * One that knows nothing yet.
   *
   * @param version of the gateway, as it was built
   * @param node the name of the gateway
   * @param started since when it runs; versions of the document from before are not known
   */
  public Feed(String version, String node, Instant started) {
    writer = new Document(version, node, started);
    epoch = Long.toString(started.toEpochMilli(), Character.MAX_RADIX);
  }

  /** What has changed; null when nothing has. */
  public @Nullable Frame update(Picture picture) {
    ObjectNode next = writer.of(picture, document);
    ObjectNode patch = MergePatch.between(document, next);
    patch.remove("at");
    if (patch.isEmpty()) {
      return null;
    }
    patch.put("at", picture.now());
    boolean isFirst = number == 0;
    String base = version();
    number++;
    document = next;
    whole = null;
    Frame change = new Frame(base, version(), event("change", version(), patch));
    if (!isFirst) {
      versions.add(change);
    }
    return change;
  }

  /** What somebody needs who knows this version, or none; empty while nothing is known. */
  public List<Frame> since(@Nullable String last) {
    if (number == 0) {
      return List.of();
    }
    List<Frame> missed = last == null ? null : versions.since(last, version());
    return missed == null ? List.of(whole()) : missed;
  }

  /** That it is still there; changes nothing. */
  public Frame beat() {
    return new Frame(version(), version(), BEAT);
  }

  private Frame whole() {
    Frame known = whole;
    if (known == null) {
      known = new Frame("", version(), event("snapshot", version(), document));
      whole = known;
    }
    return known;
  }

  private String version() {
    return epoch + "." + number;
  }

  private static byte[] event(String name, String version, ObjectNode data) {
    // What Jackson writes has no line breaks.
    String text = "id: %s\nevent: %s\ndata: ".formatted(version, name) + data + "\n\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
