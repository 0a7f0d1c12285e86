package com.visiquate.ccproxy.launch.top;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.console.feed.MergePatch;
import org.jspecify.annotations.Nullable;

/** Reads the feed line by line; owns the document that it has told so far. */
public final class EventStream {
  private static final ObjectMapper JSON = new ObjectMapper();
  private String id = "";
  private String event = "";
  private String data = "";
  private @Nullable ObjectNode document;

  /** The next line; true when the document is another one now. */
  public boolean read(String line) {
    if (line.startsWith("id:")) {
      id = line.substring("id:".length()).strip();
    } else if (line.startsWith("event:")) {
      event = line.substring("event:".length()).strip();
    } else if (line.startsWith("data:")) {
      data = line.substring("data:".length()).strip();
    } else if (line.isEmpty() && !data.isEmpty()) {
      boolean known = take();
      data = "";
      return known;
    }
    return false;
  }

  /** The version of the document, by which a stream that broke goes on; empty before the first. */
  public String id() {
    return id;
  }

  /** What is known; null before the first event. */
  public @Nullable ObjectNode document() {
    return document;
  }

  /** Changes of a document that is not known are of no use; the stream begins with all of it. */
  private boolean take() {
    ObjectNode told = parse();
    if (told == null) {
      return false;
    }
    ObjectNode known = document;
    if (event.equals("snapshot")) {
      document = told;
    } else if (known != null) {
      MergePatch.apply(known, told);
    }
    return document != null;
  }

  private @Nullable ObjectNode parse() {
    try {
      JsonNode tree = JSON.readTree(data);
      return tree instanceof ObjectNode object ? object : null;
    } catch (JsonProcessingException cut) {
      return null;
    }
  }
}
