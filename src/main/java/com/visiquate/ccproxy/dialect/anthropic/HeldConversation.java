package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.RawJson;
import java.util.List;

/**
 * What a thread keeps of a request.
 *
 * @param fixed the members that hold for the whole thread, as one object
 * @param messages all messages so far, those before it included
 */
record HeldConversation(RawJson fixed, List<RawJson> messages) {
  HeldConversation {
    messages = List.copyOf(messages);
  }
}
