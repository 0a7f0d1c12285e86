package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a browser is known at a gateway that asks for keys, and how others are not. */
@Tag("endtoend")
final class ConsoleSessionTest {
  private static final String PATH = "/ccproxy/session";
  private static final String SEES = "/ccproxy/alerts";

  private final Stack stack =
      Stack.start(
          Recipe.of(1, Recipe.instant())
              .with(
                  "keys:\n"
                      + ConsoleClient.key("op", "operator: true")
                      + ConsoleClient.key("ada", "")));
  private final ConsoleClient page = ConsoleClient.of(stack);

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void tellsAPageWhetherItMustAsk() throws IOException {
    assertThat(new JsonObject(page.get(PATH).body()))
        .isEqualTo(new JsonObject("{\"operator\":false,\"name\":null,\"keys\":true}"));
    try (Stack open = Stack.start(Recipe.of(1, Recipe.instant()))) {
      assertThat(new JsonObject(ConsoleClient.of(open).get(PATH).body()))
          .isEqualTo(new JsonObject("{\"operator\":true,\"name\":null,\"keys\":false}"));
      assertThat(ConsoleClient.of(open).post(PATH).status()).isEqualTo(204);
    }
  }

  @Test
  void knowsABrowserByItsCookieUntilItLeaves() throws IOException {
    RawClient.Reply opened = page.with("Authorization", "Bearer op's").post(PATH);
    assertThat(opened.status()).isEqualTo(204);
    String cookie = opened.header("set-cookie");
    assertThat(cookie)
        .startsWith("ccproxy_session=")
        .contains("HTTPOnly", "SameSite=Strict", "Path=/ccproxy", "Max-Age=43200")
        .doesNotContain("Secure", "op");
    ConsoleClient known = page.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    assertThat(new JsonObject(known.get(PATH).body()))
        .isEqualTo(new JsonObject("{\"operator\":true,\"name\":\"op\",\"keys\":true}"));
    assertThat(known.get(SEES).status()).isEqualTo(200);
    // It is for the console, not for the work of models.
    assertThat(known.get("/v1/models").status()).isEqualTo(401);
    assertThat(known.delete(PATH).header("set-cookie")).contains("Max-Age=0");
    assertThat(known.get(SEES).status()).isEqualTo(401);
  }

  @Test
  void isOnlyForTlsWhereThatCameBefore() throws IOException {
    RawClient.Reply opened =
        page.with("Authorization", "Bearer op's").with("X-Forwarded-Proto", "https").post(PATH);
    assertThat(opened.header("set-cookie")).contains("; Secure");
  }

  @Test
  void doesNotMakeAnOperatorOfAnybody() throws IOException {
    String cookie = page.with("x-api-key", "ada's").post(PATH).header("set-cookie");
    ConsoleClient ada = page.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    assertThat(new JsonObject(ada.get(PATH).body()).getBoolean("operator")).isFalse();
    assertThat(ada.get(SEES).status()).isEqualTo(403);
    assertThat(page.post(PATH).status()).isEqualTo(401);
    assertThat(page.with("x-api-key", "eve's").post(PATH).status()).isEqualTo(403);
    assertThat(page.with("Cookie", "ccproxy_session=made-up").get(SEES).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "x-ccproxy-console, '', console_header",
    "x-ccproxy-console, true, console_header",
    "Origin, http://evil.example, origin_refused",
    "Origin, http://localhost:3000, origin_refused",
    "Origin, null, origin_refused",
    "Sec-Fetch-Site, cross-site, origin_refused",
    "Sec-Fetch-Site, same-site, origin_refused",
  })
  void takesNothingFromOtherPages(String header, String value, String code) throws IOException {
    ConsoleClient operator = page.with("Authorization", "Bearer op's");
    RawClient.Reply refused = operator.with(header, value).post(PATH);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains(code);
    assertThat(refused.headers()).doesNotContainKey("set-cookie");
  }

  @Test
  void takesNothingFromAForm() throws IOException {
    ConsoleClient form =
        page.without("x-ccproxy-console")
            .with("Content-Type", "application/x-www-form-urlencoded")
            .with("Authorization", "Bearer op's");
    assertThat(form.post(PATH).status()).isEqualTo(403);
  }
}
