package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.chat.Utf8;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Recall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The conversation that a request is about: what earlier responses held, then its own input. */
final class Conversation {
  private static final String PREVIOUS = "previous_response_id";
  private static final String TRIGGER = "compaction_trigger";
  private static final Set<String> TOOL_ITEMS = Set.of("additional_tools", "tool_search_output");

  private final Field body;
  private final Recall recall;
  private final Dropped dropped;
  private final List<RawJson> kept = new ArrayList<>();
  private final List<Field> remembered = new ArrayList<>();
  private final List<Field> items = new ArrayList<>();
  private boolean compacts;

  Conversation(Field body, Recall recall, Dropped dropped) {
    this.body = body;
    this.recall = recall;
    this.dropped = dropped;
    previous(body.at(PREVIOUS));
    input(body.at("input"));
  }

  List<Message> messages() {
    Turns turns = new Turns(dropped);
    String instructions = body.at("instructions").text("");
    if (!instructions.isBlank()) {
      turns.add(new Message.Instruction(instructions));
    }
    ItemsReader reader = new ItemsReader(turns, dropped);
    remembered.forEach(item -> reader.read(item, Attachments.EARLIER));
    int last = Attachments.lastTurn(items);
    for (int index = 0; index < items.size(); index++) {
      reader.read(items.get(index), Attachments.of(index, last));
    }
    List<Message> messages = turns.all();
    if (messages.isEmpty()) {
      throw body.at("input").invalid("'input' must hold at least one message.");
    }
    return messages;
  }

  /** The items that bring tools, in their order: the model may call those like any other. */
  List<Field> toolItems() {
    return all().filter(item -> TOOL_ITEMS.contains(ItemsReader.type(item))).toList();
  }

  /** Whether its last item asks for a summary of all before it, instead of an answer. */
  boolean compacts() {
    return compacts;
  }

  /**
   * A setting of the request, or what an item of the conversation made of it later: the last one
   * holds.
   */
  Field setting(String group, String name) {
    return all()
        .filter(item -> ItemsReader.type(item).equals("configuration_update"))
        .map(item -> item.at(group).at(name))
        .filter(value -> !value.isAbsent())
        .reduce(body.at(group).at(name), (earlier, later) -> later);
  }

  private Stream<Field> all() {
    return Stream.concat(remembered.stream(), items.stream());
  }

  /** All items, for whoever continues this conversation; remembered ones are shared. */
  List<RawJson> items() {
    List<RawJson> all = new ArrayList<>(kept);
    items.forEach(item -> all.add(StoredItems.of(item)));
    return all;
  }

  /** What whoever continues goes on from: beside a summary only what the user said. */
  List<RawJson> kept() {
    return compacts ? said() : items();
  }

  /** The messages of the user. */
  List<RawJson> said() {
    return items().stream().filter(StoredItems::isOfUser).toList();
  }

  private void previous(Field previous) {
    if (previous.isAbsent()) {
      return;
    }
    StoredResponse response = recall.recall(new ResponseId(previous.text()));
    if (response == null) {
      throw new BadField(
          "Previous response with id '%s' not found.".formatted(previous.text()),
          PREVIOUS,
          "previous_response_not_found");
    }
    response.conversation().forEach(kept::add);
    kept.forEach(item -> remembered.add(field(item)));
  }

  private void input(Field input) {
    if (input.isAbsent() && !remembered.isEmpty()) {
      return;
    }
    if (input.isText()) {
      items.add(said(input));
      return;
    }
    if (!input.isList()) {
      throw new BadField(
          "Invalid 'input': expected a string or a list of items.",
          "input",
          input.isAbsent() ? "missing_required_parameter" : "invalid_type");
    }
    input.items().forEach(item -> item(item.object()));
  }

  private void item(Field item) {
    if (compacts) {
      throw item.invalid(
          "'%s' follows a compaction_trigger, which must be the last item.".formatted(item.path()));
    }
    compacts = ItemsReader.type(item).equals(TRIGGER);
    if (!compacts) {
      items.add(resolved(item));
    }
  }

  private static Field said(Field text) {
    RawJson item = new RawJson("{\"role\":\"user\",\"content\":" + text.raw().text() + "}");
    return field(item);
  }

  /** The item that a reference means. Without it the conversation would have a hole. */
  private Field resolved(Field item) {
    if (!ItemIds.isReference(item)) {
      return item;
    }
    String id = item.at("id").text();
    return ItemIds.responseOf(id)
        .flatMap(response -> Optional.ofNullable(recall.recall(response)))
        .flatMap(response -> StoredItems.find(response, id))
        .map(Conversation::field)
        .orElseThrow(() -> unknown(item, id));
  }

  private static BadField unknown(Field item, String id) {
    return new BadField(
        "Item with id '%s' not found. Items are kept for a while only, and only where 'store' is true; send the item itself."
            .formatted(id),
        item.path(),
        "item_not_found");
  }

  private static Field field(RawJson item) {
    return Field.parse(Utf8.bytes(item.text()));
  }
}
