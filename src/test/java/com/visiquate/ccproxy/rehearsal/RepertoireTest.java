package com.visiquate.ccproxy.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RepertoireTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final List<Piece> pieces = Repertoire.pieces();

  @Test
  void hasEveryDialectWholeAndStreamed() throws IOException {
    Set<String> kinds = new HashSet<>();
    for (Piece piece : pieces) {
      JsonNode body = piece.isPosted() ? JSON.readTree(piece.body(7)) : JSON.createObjectNode();
      kinds.add(piece.path() + (body.path("stream").asBoolean() ? " streamed" : ""));
    }

    assertThat(kinds)
        .contains("/v1/chat/completions", "/v1/chat/completions streamed")
        .contains("/v1/messages", "/v1/messages streamed")
        .contains("/v1/responses", "/v1/responses streamed")
        .contains("/api/chat", "/api/chat streamed")
        .contains("/v1/completions streamed", "/api/generate streamed", "/v1/embeddings")
        .contains("/v1/models", "/health", "/metrics");
  }

  @Test
  void goesOnAfterEachCall() {
    for (int i = 0; i < pieces.size(); i++) {
      String body = pieces.get(i).body(i);
      if (body.contains(StandIn.CALL) && !body.contains(StandIn.FOUND)) {
        String beginning = body.substring(0, body.indexOf("],\"tools\""));
        assertThat(pieces.get(i + 1).body(i + 1)).startsWith(beginning).contains(StandIn.FOUND);
      }
    }
  }

  @Test
  void comesBackToTheSamePieceWithAnotherConversation() {
    int later = pieces.size();

    assertThat(later).as("two turns share a number").isEven();
    assertThat(pieces.getFirst().body(later)).isNotEqualTo(pieces.getFirst().body(0));
  }
}
