package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.dialect.Field;
import java.util.List;
import java.util.Optional;

/**
 * The tools that clients run but name only by a type with a date, because Anthropic's models know
 * their schemas by heart. Other models are told; the schemas are those that Anthropic publishes.
 */
final class BuiltInTools {
  /**
   * One of them.
   *
   * @param type the beginning of its type
   */
  record BuiltIn(String type, String description, RawJson parameters) {}

  private static final BuiltIn BASH =
      new BuiltIn(
          "bash_2",
          "Run a command in a persistent bash session.",
          schema(
              """
              "command":{"type":"string","description":"The command to run."},
              "restart":{"type":"boolean","description":"True restarts the session."}\
              """,
              ""));

  private static final BuiltIn EDITOR =
      new BuiltIn(
          "text_editor_2",
          "View, create and edit text files.",
          editor(
              "\"view\",\"create\",\"str_replace\",\"insert\"",
              "\"insert_text\":{\"type\":\"string\",\"description\":\"For insert: the text.\"},"));

  private static final BuiltIn MEMORY =
      new BuiltIn(
          "memory_2",
          "Keep notes in files under /memories; they outlast the conversation.",
          schema(
              """
              "command":{"type":"string",\
              "enum":["view","create","str_replace","insert","delete","rename"]},
              "path":{"type":"string","description":"Path under /memories."},
              "view_range":{"type":"array","items":{"type":"integer"}},
              "file_text":{"type":"string","description":"For create."},
              "old_str":{"type":"string","description":"For str_replace."},
              "new_str":{"type":"string","description":"For str_replace."},
              "insert_line":{"type":"integer","description":"For insert."},
              "insert_text":{"type":"string","description":"For insert."},
              "old_path":{"type":"string","description":"For rename."},
              "new_path":{"type":"string","description":"For rename."}\
              """,
              "\"command\""));

  private static final BuiltIn COMPUTER =
      new BuiltIn(
          "computer_2",
          "Use the screen, mouse and keyboard of a computer.",
          schema(
              """
              "action":{"type":"string","enum":["key","type","mouse_move","left_click",\
              "left_click_drag","right_click","middle_click","double_click","triple_click",\
              "left_mouse_down","left_mouse_up","scroll","hold_key","wait","screenshot",\
              "cursor_position","zoom"]},
              "coordinate":{"type":"array","items":{"type":"integer"},"description":"x and y."},
              "start_coordinate":{"type":"array","items":{"type":"integer"}},
              "text":{"type":"string","description":"For type, key and hold_key."},
              "scroll_direction":{"type":"string","enum":["up","down","left","right"]},
              "scroll_amount":{"type":"integer"},
              "duration":{"type":"number","description":"Seconds, for hold_key and wait."},
              "region":{"type":"array","items":{"type":"integer"},"description":"For zoom."}\
              """,
              "\"action\""));

  /** The first that fits; older editors insert with {@code new_str} and can undo. */
  private static final List<BuiltIn> ALL =
      List.of(
          BASH,
          undoing("text_editor_2024"),
          undoing("text_editor_20250124"),
          EDITOR,
          MEMORY,
          COMPUTER);

  private BuiltInTools() {}

  static Optional<BuiltIn> find(String type) {
    return ALL.stream().filter(tool -> type.startsWith(tool.type)).findFirst();
  }

  /** A screen is described by its size, which the client knows and the model must. */
  static String description(BuiltIn known, Field tool) {
    Integer width = tool.at("display_width_px").count();
    Integer height = tool.at("display_height_px").count();
    return width == null || height == null
        ? known.description
        : "%s The screen is %d x %d pixels.".formatted(known.description, width, height);
  }

  private static BuiltIn undoing(String type) {
    String commands = "\"view\",\"create\",\"str_replace\",\"insert\",\"undo_edit\"";
    return new BuiltIn(type, EDITOR.description, editor(commands, ""));
  }

  private static RawJson editor(String commands, String more) {
    return schema(
        """
        "command":{"type":"string","enum":[%s]},
        "path":{"type":"string","description":"Absolute path of the file or directory."},
        "file_text":{"type":"string","description":"For create: the content."},
        "old_str":{"type":"string","description":"For str_replace: the text, found once."},
        "new_str":{"type":"string","description":"The text in its place."},
        "insert_line":{"type":"integer","description":"For insert: the line to insert after."},
        %s
        "view_range":{"type":"array","items":{"type":"integer"},\
        "description":"For view: first and last line."}\
        """
            .formatted(commands, more),
        "\"command\",\"path\"");
  }

  private static RawJson schema(String properties, String required) {
    return new RawJson(
        "{\"type\":\"object\",\"properties\":{%s},\"required\":[%s]}"
            .formatted(properties.replace("\n", ""), required));
  }
}
