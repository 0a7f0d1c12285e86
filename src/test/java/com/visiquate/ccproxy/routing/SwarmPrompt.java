package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.chat.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A prompt as its pieces: what an Ollama compares is their numbers, what ccproxy sees their text.
 */
record SwarmPrompt(List<Piece> pieces) {
  /** A part of a prompt of so many tokens; a token is a character. */
  record Piece(int number, int tokens, Message message) {}

  SwarmPrompt {
    pieces = List.copyOf(pieces);
  }

  int tokens() {
    return pieces.stream().mapToInt(Piece::tokens).sum();
  }

  /** Tokens up to which two prompts are equal. */
  int common(SwarmPrompt other) {
    int tokens = 0;
    for (int i = 0; i < Math.min(pieces.size(), other.pieces.size()); i++) {
      if (pieces.get(i).number() != other.pieces.get(i).number()) {
        return tokens;
      }
      tokens += pieces.get(i).tokens();
    }
    return tokens;
  }

  List<Message> messages() {
    return pieces.stream().map(Piece::message).toList();
  }

  SwarmPrompt with(Piece piece) {
    List<Piece> more = new ArrayList<>(pieces);
    more.add(piece);
    return new SwarmPrompt(more);
  }
}
