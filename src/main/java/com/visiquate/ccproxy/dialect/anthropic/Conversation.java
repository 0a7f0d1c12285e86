package com.visiquate.ccproxy.dialect.anthropic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.CallsSoFar;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.PastSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code messages} in order; owns the turn that is being collected.
 *
 * <p>A string is the same as one text block, and neighbours of one role are one turn: clients
 * change between these spellings while a conversation goes on, and what Ollama sees must not.
 */
final class Conversation {
  private static final String NONE = "";

  private final Dropped dropped;
  private final ToolChanges changes = new ToolChanges();
  private final CallsSoFar callsSoFar = new CallsSoFar();
  private final List<Message> messages = new ArrayList<>();
  private final List<Field> turn = new ArrayList<>();
  private String role = NONE;

  /** Index of the first block of the turn that is of the last message. */
  private int strictFrom;

  Conversation(Dropped dropped) {
    this.dropped = dropped;
  }

  List<Message> read(List<Field> all) {
    int last = Attachments.lastTurn(all);
    int latest = latestOfUser(all);
    for (int index = 0; index < all.size(); index++) {
      Field message = all.get(index).object();
      dropped.addIf(!message.at("output_config").isAbsent(), "messages.output_config");
      if (isOver(message, index < latest)) {
        blocks(message).forEach(changes::read);
        continue;
      }
      beginTurn(message.at("role"));
      strictFrom = index == last ? turn.size() : Integer.MAX_VALUE;
      blocks(message).forEach(this::add);
    }
    endTurn();
    return messages;
  }

  /** What became of the tools while it went on. */
  ToolChanges changes() {
    return changes;
  }

  private static int latestOfUser(List<Field> all) {
    int index = all.size() - 1;
    while (index >= 0 && !is("user", all.get(index).at("role"))) {
      index--;
    }
    return index;
  }

  /** A reminder for one turn of the user, which has passed; the client still sends it. */
  private static boolean isOver(Field message, boolean hasPassed) {
    boolean system = is("system", message.at("role"));
    return system && hasPassed && is("next_user_message", message.at("clear_at"));
  }

  private static boolean is(String word, Field field) {
    return field.isText() && field.text().equals(word);
  }

  private void add(Field block) {
    changes.read(block);
    Field summary = block.at("content");
    if (!block.object().at("type").text().equals("compaction")) {
      turn.add(block);
    } else if (summary.isText() && !summary.text().isEmpty()) {
      beginAnew(summary.text());
    }
  }

  /** The summary stands for everything before it, whether the client still sends that or not. */
  private void beginAnew(String summary) {
    dropped.addIf(!messages.isEmpty() || !turn.isEmpty(), "messages.compacted");
    messages.clear();
    turn.clear();
    strictFrom = strictFrom == Integer.MAX_VALUE ? strictFrom : 0;
    messages.add(PastSummary.told(summary));
  }

  private void beginTurn(Field sender) {
    String next = sender.text();
    if (!next.equals("user") && !next.equals("assistant") && !next.equals("system")) {
      throw sender.invalid("must be \"user\", \"assistant\" or \"system\"");
    }
    if (!next.equals(role)) {
      endTurn();
      role = next;
    }
  }

  private void endTurn() {
    switch (role) {
      case "user" -> messages.addAll(new UserTurn(callsSoFar, dropped).read(turn, strictFrom));
      case "assistant" -> AssistantTurn.read(turn, callsSoFar, dropped).ifPresent(messages::add);
      case "system" -> instruct(SystemText.join(turn, dropped));
      default -> {}
    }
    turn.clear();
  }

  /** Where it stands: moved to the top it would change what the model has seen already. */
  private void instruct(String text) {
    if (!text.isEmpty()) {
      messages.add(new Message.Instruction(text));
    }
  }

  private static List<Field> blocks(Field message) {
    Field content = message.at("content");
    if (content.isAbsent() && is("system", message.at("role"))) {
      return List.of();
    }
    if (content.isAbsent()) {
      throw Wording.missing(content);
    }
    if (!content.isText()) {
      return content.items();
    }
    var block = JsonNodeFactory.instance.objectNode().put("type", "text");
    return List.of(new Field(block.put("text", content.text()), content.path()));
  }
}
