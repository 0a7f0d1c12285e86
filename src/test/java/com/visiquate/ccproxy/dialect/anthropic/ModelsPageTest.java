package com.visiquate.ccproxy.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.anthropic.ModelsPage.Card;
import com.visiquate.ccproxy.dialect.anthropic.ModelsPage.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelsPageTest {
  private static final List<Card> CARDS =
      List.of(new Card("old", 1, 10), new Card("new", 3, 30), new Card("mid", 2, 20));

  @Test
  void showsTheNewestFirst() {
    assertThat(list(Part.ALL))
        .isEqualTo(
            "{\"data\":[%s,%s,%s],\"has_more\":false,\"first_id\":\"new\",\"last_id\":\"old\"}"
                .formatted(card("new", 3, 30), card("mid", 2, 20), card("old", 1, 10)));
  }

  @Test
  void cutsPagesInBothDirections() {
    assertThat(list(new Part(1, null, null))).contains("\"has_more\":true,\"first_id\":\"new\"");
    assertThat(list(new Part(1, "new", null))).contains("\"has_more\":true,\"first_id\":\"mid\"");
    assertThat(list(new Part(9, "new", null)))
        .contains("false,\"first_id\":\"mid\",\"last_id\":\"old\"");
    assertThat(list(new Part(1, null, "old"))).contains("\"has_more\":true,\"first_id\":\"mid\"");
    assertThat(list(new Part(null, "old", null)))
        .isEqualTo("{\"data\":[],\"has_more\":false,\"first_id\":null,\"last_id\":null}");
  }

  @Test
  void showsOneModelAlone() {
    assertThat(new String(ModelsPage.one(CARDS.getFirst()), UTF_8)).isEqualTo(card("old", 1, 10));
  }

  private static String list(Part part) {
    return new String(ModelsPage.list(CARDS, part), UTF_8);
  }

  private static String card(String id, int second, int context) {
    return ("{\"type\":\"model\",\"id\":\"%s\",\"display_name\":\"%s\","
            + "\"created_at\":\"1970-01-01T00:00:0%dZ\",\"max_input_tokens\":%d,\"max_tokens\":%d}")
        .formatted(id, id, second, context, context);
  }
}
