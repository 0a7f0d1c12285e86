package com.visiquate.ccproxy.chat;

import java.util.List;
import java.util.stream.Stream;

/**
 * One answer with all that led to it, so that it stands for itself when the answers before it are
 * forgotten.
 *
 * @param id by which a client goes on from it
 * @param body the answer as the client got it
 * @param input the items of the whole conversation before the answer, oldest first, each with an
 *     id; shared by reference with the answers before
 * @param output the items of the answer
 */
public record StoredResponse(
    ResponseId id, RawJson body, List<RawJson> input, List<RawJson> output) {
  public StoredResponse {
    input = List.copyOf(input);
    output = List.copyOf(output);
  }

  /** About how much memory it takes, with what it shares counted in full. */
  public long bytes() {
    return body.text().length() + conversation().mapToLong(item -> item.text().length()).sum();
  }

  /** The items that a next request continues. */
  public Stream<RawJson> conversation() {
    return Stream.concat(input.stream(), output.stream());
  }
}
