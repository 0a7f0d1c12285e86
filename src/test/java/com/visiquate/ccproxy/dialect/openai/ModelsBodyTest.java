package com.visiquate.ccproxy.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.openai.ModelsBody.Card;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelsBodyTest {
  private static final Card CARD = new Card("qwen3-coder:30b", 1_790_000_000, 65536);
  private static final String ONE =
      "{\"id\":\"qwen3-coder:30b\",\"object\":\"model\",\"type\":\"model\",\"created\":1790000000,"
          + "\"created_at\":\"2026-09-21T14:13:20Z\",\"owned_by\":\"ccproxy\","
          + "\"display_name\":\"qwen3-coder:30b\",\"context_window\":65536,"
          + "\"context_length\":65536,\"max_model_len\":65536,\"max_input_tokens\":65536,"
          + "\"max_tokens\":65536}";

  @Test
  void writesOneModelForBothFamilies() {
    assertThat(new String(ModelsBody.one(CARD), UTF_8)).isEqualTo(ONE);
  }

  @Test
  void writesTheListForBothFamilies() {
    Card other = new Card("a\"b", 0, 8);

    assertThat(new String(ModelsBody.list(List.of(CARD, other)), UTF_8))
        .startsWith("{\"object\":\"list\",\"data\":[" + ONE + ",{\"id\":\"a\\\"b\"")
        .endsWith(
            "],\"has_more\":false,\"first_id\":\"qwen3-coder:30b\",\"last_id\":\"a\\\"b\","
                + "\"models\":[]}");
  }

  @Test
  void anEmptyListIsStillAList() {
    assertThat(new String(ModelsBody.list(List.of()), UTF_8))
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[],\"has_more\":false,\"first_id\":null,"
                + "\"last_id\":null,\"models\":[]}");
  }
}
