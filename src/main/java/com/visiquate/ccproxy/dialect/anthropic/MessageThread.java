package com.visiquate.ccproxy.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.chat.Utf8;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Mention;
import com.visiquate.ccproxy.dialect.Recall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conversation that a request is about: all in its body, or the end of one that is held here
 * under the id of the last answer. What is held reads as if the client had sent it again.
 */
final class MessageThread {
  /** What the codes of errors about threads begin with. */
  static final String CODES = "thread_";

  private static final String NAME = "thread";
  private static final String PREVIOUS = "previous_message_id";
  private static final Mention MENTION = new Mention(PREVIOUS);
  private static final Mention NAMED = new Mention(NAME);
  private static final List<String> FIXED = List.of("system", "tools");

  private final Field body;
  private final boolean held;
  private final Field fixed;
  private final List<RawJson> before;

  private MessageThread(Field body, boolean held, @Nullable StoredResponse before) {
    this.body = body;
    this.held = held;
    this.fixed = before == null ? body : field(before.body());
    this.before = before == null ? List.of() : before.conversation().toList();
  }

  static MessageThread of(Field body, Recall recall) {
    Field thread = body.at(NAME);
    if (thread.isAbsent()) {
      return new MessageThread(body, false, null);
    }
    return switch (thread.object().at("type").text()) {
      case "create" -> new MessageThread(body, true, null);
      case "continue" -> continued(body, thread.at(PREVIOUS), recall);
      default -> throw thread.at("type").invalid("must be \"create\" or \"continue\"");
    };
  }

  /** The message that a body goes on from; none when it does not, or cannot be read. */
  static Set<ResponseId> recalled(byte[] body) {
    if (!MENTION.isIn(body) || !NAMED.isIn(body)) {
      return Set.of();
    }
    try {
      Field previous = Field.parse(body).at(NAME).at(PREVIOUS);
      return previous.isText() && isMessage(previous.text())
          ? Set.of(new ResponseId(previous.text()))
          : Set.of();
    } catch (BadField unreadable) {
      return Set.of();
    }
  }

  static ResponseId id(String exchange) {
    return new ResponseId("msg_" + exchange);
  }

  Field system() {
    return fixed.at("system");
  }

  Field tools() {
    return fixed.at("tools");
  }

  /** Those that are held, then those that are new. */
  List<Field> messages() {
    Field own = body.at("messages");
    if (own.isAbsent() && before.isEmpty()) {
      throw Wording.missing(own);
    }
    List<Field> all = new ArrayList<>(before.stream().map(MessageThread::field).toList());
    all.addAll(own.items());
    return all;
  }

  /** What to hold for whoever goes on from the answer; null when the client asked for no thread. */
  @Nullable HeldConversation held() {
    if (!held) {
      return null;
    }
    List<RawJson> all = new ArrayList<>(before);
    body.at("messages").items().forEach(message -> all.add(message.raw()));
    return new HeldConversation(fixedMembers(), all);
  }

  private RawJson fixedMembers() {
    ByteSink out = new ByteSink().raw("{");
    String comma = "";
    for (String name : FIXED) {
      if (!fixed.at(name).isAbsent()) {
        out.raw(comma).json(name).raw(":").raw(fixed.at(name).raw().text());
        comma = ",";
      }
    }
    return new RawJson(new String(out.raw("}").take(), UTF_8));
  }

  private static MessageThread continued(Field body, Field previous, Recall recall) {
    String id = previous.text();
    StoredResponse before = isMessage(id) ? recall.recall(new ResponseId(id)) : null;
    if (before == null) {
      throw new BadField(
          "no thread is held here under this id; send the whole conversation with {\"type\":"
              + " \"create\"}",
          previous.path(),
          CODES + "not_found");
    }
    MessageThread thread = new MessageThread(body, true, before);
    FIXED.forEach(thread::refuseAnother);
    return thread;
  }

  /** In silence one of the two would count, and the client would not know which. */
  private void refuseAnother(String name) {
    Field said = body.at(name);
    if (!said.isAbsent() && !said.raw().equals(fixed.at(name).raw())) {
      throw new BadField(
          "a thread keeps the one that it was created with; leave it out, or create another thread",
          said.path(),
          CODES + "fingerprint_mismatch");
    }
  }

  private static boolean isMessage(String id) {
    return id.startsWith("msg_");
  }

  private static Field field(RawJson json) {
    return Field.parse(Utf8.bytes(json.text()));
  }
}
