package com.visiquate.ccproxy.http.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ModelRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a conversation began, as a mark that all of its turns share: what its user said first, and
 * how its instructions begin. Further on, instructions may hold the time or the state of a
 * workspace.
 */
final class Beginning {
  private static final int INSTRUCTIONS = 256;
  private static final int USER = 4_096;
  private static final int MARK_BYTES = 5;

  private Beginning() {}

  /** Null for what is no conversation: a text that goes on, or texts to embed. */
  static @Nullable String of(ModelRequest request) {
    return request instanceof ChatRequest chat ? mark(chat) : null;
  }

  private static String mark(ChatRequest chat) {
    String instructions = "";
    for (Message message : chat.messages()) {
      if (message instanceof Message.User user) {
        return digest(instructions, first(user.text(), USER));
      }
      if (message instanceof Message.Instruction one && instructions.isEmpty()) {
        instructions = first(one.text(), INSTRUCTIONS);
      }
    }
    return digest(instructions, "");
  }

  private static String first(String text, int most) {
    return text.substring(0, Math.min(most, text.length()));
  }

  private static String digest(String instructions, String user) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(instructions.getBytes(UTF_8));
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(user.getBytes(UTF_8)), 0, MARK_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
