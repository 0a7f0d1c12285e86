package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.Image;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What one message shows beside its text. Only what the user's last turn brings is refused when it
 * cannot be read. Anywhere else a note takes its place: the client repeats it in every request and
 * would never get an answer again.
 *
 * @param mayBeRefused whether the message is the user's last turn
 */
public record Attachments(boolean mayBeRefused) {
  /** Of a message that is not the user's last turn. */
  public static final Attachments EARLIER = new Attachments(false);

  private static final int LONGEST_NAME = 64;

  /** Those of one message of a list. */
  public static Attachments of(int index, int lastTurn) {
    return index == lastTurn ? new Attachments(true) : EARLIER;
  }

  /**
   * The index of the user's last turn, which nobody has answered yet; -1 when there is none,
   * because the model has spoken since.
   *
   * @param messages of any family: with roles, or items that say by their type who made them
   */
  public static int lastTurn(List<Field> messages) {
    for (int index = messages.size() - 1; index >= 0; index--) {
      Field message = messages.get(index);
      String role = word(message.at("role"));
      if (role.equals("user")) {
        return index;
      }
      if (role.equals("assistant") || isOfModel(word(message.at("type")))) {
        return -1;
      }
    }
    return -1;
  }

  /** Adds the image, or what is said instead of it. */
  public void image(Supplier<Image> image, List<Image> images, List<String> texts) {
    try {
      images.add(image.get());
    } catch (BadField unreadable) {
      texts.add(instead("image", unreadable));
    }
  }

  /**
   * What is said instead of something that cannot be read.
   *
   * @param why thrown where it may be refused
   */
  public String instead(String what, BadField why) {
    if (mayBeRefused) {
      throw why;
    }
    String name = what.length() <= LONGEST_NAME ? what : what.substring(0, LONGEST_NAME);
    return "[%s omitted: it cannot be read here]".formatted(name);
  }

  /** A text with a note for each image that its kind of message cannot show. */
  public static String without(List<Image> images, String text) {
    String notes =
        String.join("\n", images.stream().map(image -> "[image omitted: not a user's]").toList());
    return text.isEmpty() || notes.isEmpty() ? text + notes : text + "\n" + notes;
  }

  private static boolean isOfModel(String type) {
    return type.endsWith("_call") || type.equals("reasoning");
  }

  private static String word(Field field) {
    return field.isText() ? field.text().toLowerCase(Locale.ROOT) : "";
  }
}
