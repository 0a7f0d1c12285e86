package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.RawJson;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One answered response with all that led to it, so that it stands for itself when the responses
 * before it are forgotten.
 *
 * @param id such as {@code resp_…}
 * @param body the response object as the client got it
 * @param input the items of the whole conversation before the answer, oldest first, each with an
 *     id; shared by reference with the responses before
 * @param output the items of the answer
 */
public record StoredResponse(String id, RawJson body, List<RawJson> input, List<RawJson> output) {
  public StoredResponse {
    input = List.copyOf(input);
    output = List.copyOf(output);
  }

  /** About how much memory it takes, with what it shares counted in full. */
  public long bytes() {
    return body.text().length() + conversation().mapToLong(item -> item.text().length()).sum();
  }

  /** The conversation that a next request continues. */
  Stream<RawJson> conversation() {
    return Stream.concat(input.stream(), output.stream());
  }

  Optional<RawJson> item(String itemId) {
    return conversation().filter(item -> StoredItems.isOf(item, itemId)).findFirst();
  }
}
