package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Recall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conversation that a request is about: what earlier responses held, then its own input. */
final class Conversation {
  private static final String PREVIOUS = "previous_response_id";

  private final Field body;
  private final Recall recall;
  private final Dropped dropped;
  private final List<RawJson> remembered = new ArrayList<>();
  private final List<Field> items = new ArrayList<>();

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
    remembered.forEach(item -> reader.read(field(item), Attachments.EARLIER));
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

  /** All items, for whoever continues this conversation; remembered ones are shared. */
  List<RawJson> items() {
    List<RawJson> all = new ArrayList<>(remembered);
    items.forEach(item -> all.add(StoredItems.of(item)));
    return all;
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
    response.conversation().forEach(remembered::add);
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
    input.items().forEach(item -> items.add(resolved(item.object())));
  }

  private static Field said(Field text) {
    RawJson item = new RawJson("{\"role\":\"user\",\"content\":" + text.raw().text() + "}");
    return field(item);
  }

  /** The item that a reference means. Without it the conversation would have a hole. */
  private Field resolved(Field item) {
    if (!item.at("type").text("message").equals("item_reference")) {
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
    return Field.parse(item.text().getBytes(StandardCharsets.UTF_8));
  }
}
