package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.core.ObjectMappers;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseItem;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.Recall;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class StoredBodiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BODY =
      """
      {"model":"coder","input":[{"role":"user","content":"A"},\
      {"role":"assistant","content":"B"},\
      {"type":"function_call","call_id":"c1","name":"f","arguments":"{}","status":"completed"},\
      {"type":"function_call_output","id":"fco_1","call_id":"c1","output":"x","status":"completed"},\
      {"role":"user","content":[{"type":"input_text","text":"C"}]}]}\
      """;

  @Test
  void showsAResponseAsItWasAnswered() throws IOException {
    Talk talk = Talk.of(BODY);
    String answered = talk.says("D").ends();

    byte[] shown = StoredBodies.shown(stored(talk));

    assertThat(new String(shown, UTF_8)).isEqualTo(answered);
    ObjectMappers.jsonMapper().readValue(shown, Response.class).validate();
  }

  @Test
  void listsTheNewestInputFirst() throws IOException {
    JsonNode page = page(ItemsPage.of(null, null, null));

    assertThat(page.get("data"))
        .extracting(item -> item.get("id").textValue())
        .containsExactly("msg_7_i4", "fco_1", "msg_7_i2", "msg_7_i1", "msg_7_i0");
    assertThat(page.get("first_id").textValue()).isEqualTo("msg_7_i4");
    assertThat(page.get("last_id").textValue()).isEqualTo("msg_7_i0");
    assertThat(page.get("has_more").booleanValue()).isFalse();
  }

  @Test
  void listsItemsThatTheSdkAccepts() throws IOException {
    for (JsonNode item : page(ItemsPage.of(null, "100", "asc")).get("data")) {
      ResponseItem read = ObjectMappers.jsonMapper().readValue(item.toString(), ResponseItem.class);
      read.validate();
    }
  }

  @Test
  void pagesWithoutGapAndWithoutEnd() throws IOException {
    JsonNode first = page(ItemsPage.of(null, "2", "asc"));
    JsonNode second = page(ItemsPage.of(first.get("last_id").textValue(), "2", "asc"));
    JsonNode third = page(ItemsPage.of(second.get("last_id").textValue(), "2", "asc"));

    assertThat(first.get("has_more").booleanValue()).isTrue();
    assertThat(second.get("data")).hasSize(2);
    assertThat(third.get("data")).hasSize(1);
    assertThat(third.get("has_more").booleanValue()).isFalse();
  }

  @Test
  void showsNothingBehindAnUnknownItem() throws IOException {
    JsonNode page = page(ItemsPage.of("msg_unknown", "2", "asc"));

    assertThat(page.get("data")).isEmpty();
    assertThat(page.get("first_id").isNull()).isTrue();
    assertThat(page.get("has_more").booleanValue()).isFalse();
  }

  @Test
  void takesALimitThatMakesNoSenseForNone() {
    assertThat(ItemsPage.of(null, "many", null).limit()).isEqualTo(20);
    assertThat(ItemsPage.of(null, "-1", null).limit()).isEqualTo(20);
    assertThat(ItemsPage.of(null, "0", null).limit()).isEqualTo(1);
    assertThat(ItemsPage.of(null, "9999", null).limit()).isEqualTo(100);
  }

  @Test
  void saysWhatIsGone() {
    assertThat(new String(StoredBodies.deleted(new ResponseId("resp_1")), UTF_8))
        .isEqualTo("{\"id\":\"resp_1\",\"object\":\"response\",\"deleted\":true}");
    assertThat(new String(StoredBodies.missing(new ResponseId("resp_\"1")), UTF_8))
        .isEqualTo(
            "{\"error\":{\"message\":\"Response with id 'resp_\\\"1' not found.\","
                + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
  }

  private static JsonNode page(ItemsPage page) throws IOException {
    Talk talk = Talk.of(BODY, "7", Recall.NOTHING);
    talk.says("D").ends();
    return JSON.readTree(StoredBodies.inputItems(stored(talk), page));
  }

  private static StoredResponse stored(Talk talk) {
    return talk.answer().stored().orElseThrow();
  }
}
