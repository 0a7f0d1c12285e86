package com.visiquate.ccproxy.ollama;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model gets of the images of a conversation. One that sees gets those of tool results in a
 * message of the user, because most templates show none in a result. To one that does not a note
 * says that there was one.
 */
final class Sight {
  private static final String SHOWN_BELOW = "(The image of this result is in the next message.)";
  private static final String SHOWN = "(The images of the tool results above.)";

  private Sight() {}

  /** The messages as the model can take them. */
  static List<Message> adapted(
      ModelSpec model, @Nullable InstalledModel installed, List<Message> messages) {
    if (messages.stream().allMatch(message -> images(message).isEmpty())) {
      return messages;
    }
    return installed == null || installed.can("vision") ? shown(messages) : told(model, messages);
  }

  /** Whether the turn that is to be answered shows something; all before it has been answered. */
  static boolean isNeeded(List<Message> messages) {
    for (Message message : messages.reversed()) {
      if (message instanceof Message.User user) {
        return !user.images().isEmpty();
      }
      if (message instanceof Message.Assistant) {
        return false;
      }
    }
    return false;
  }

  private static List<Message> shown(List<Message> messages) {
    List<Message> all = new ArrayList<>(messages.size() + 1);
    List<Image> pending = new ArrayList<>();
    for (Message message : messages) {
      if (message instanceof Message.ToolResult result) {
        pending.addAll(result.images());
        all.add(result.images().isEmpty() ? result : bare(result, "\n\n" + SHOWN_BELOW));
      } else {
        all.addAll(showing(pending, message));
        pending.clear();
      }
    }
    if (!pending.isEmpty()) {
      all.add(new Message.User(SHOWN, pending));
    }
    return all;
  }

  /** The message after results with images: the user's, which takes them along, or another one. */
  private static List<Message> showing(List<Image> pending, Message next) {
    if (pending.isEmpty()) {
      return List.of(next);
    }
    if (!(next instanceof Message.User user)) {
      return List.of(new Message.User(SHOWN, pending), next);
    }
    List<Image> all = new ArrayList<>(pending);
    all.addAll(user.images());
    return List.of(new Message.User(user.text().isEmpty() ? SHOWN : user.text(), all));
  }

  private static List<Message> told(ModelSpec model, List<Message> messages) {
    String note = "\n[image omitted: %s has no vision]".formatted(model.name());
    return messages.stream().map(message -> told(message, note)).toList();
  }

  private static Message told(Message message, String note) {
    int count = images(message).size();
    return switch (message) {
      case Message.User user when count > 0 ->
          new Message.User(with(user.text(), note.repeat(count)), List.of());
      case Message.ToolResult result when count > 0 -> bare(result, note.repeat(count));
      default -> message;
    };
  }

  private static Message bare(Message.ToolResult result, String more) {
    String text = with(result.text(), more);
    return new Message.ToolResult(result.callId(), result.toolName(), text, List.of());
  }

  private static String with(String text, String more) {
    return text.isEmpty() ? more.strip() : text + more;
  }

  private static List<Image> images(Message message) {
    return switch (message) {
      case Message.User user -> user.images();
      case Message.ToolResult result -> result.images();
      case Message.Instruction instruction -> List.of();
      case Message.Assistant assistant -> List.of();
    };
  }
}
