package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the console, as a browser gets them. */
@Tag("endtoend")
final class ConsolePagesTest {
  private final Stack stack =
      Stack.start(
          Recipe.of(1, Recipe.instant())
              .with("keys:\n" + ConsoleClient.key("op", "operator: true")));
  private final ConsoleClient browser = ConsoleClient.bare(stack);

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void leadsPeopleToItAndLeavesProgramsAlone() throws IOException {
    RawClient.Reply person = browser.with("Accept", "text/html,*/*;q=0.8").get("/");
    assertThat(person.status()).isEqualTo(302);
    assertThat(person.header("location")).isEqualTo("/ccproxy/");
    assertThat(browser.get("/").status()).isEqualTo(200);
    assertThat(browser.with("Accept", "*/*").get("/").body()).isEqualTo("Ollama is running");
    assertThat(browser.get("/ccproxy").header("location")).isEqualTo("/ccproxy/");
  }

  @Test
  void letsNoOtherOriginAndNoCodeIntoThePage() throws IOException {
    RawClient.Reply page = browser.get("/ccproxy/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(page.header("x-frame-options")).isEqualTo("DENY");
    assertThat(page.body()).doesNotContain("VERSION").doesNotContain("<script>");
  }

  @Test
  void mayBeKeptUntilTheNextStartByTheNamesInThePage() throws IOException {
    Matcher name =
        Pattern.compile("/ccproxy/console/v[^\"]+/app\\.js")
            .matcher(browser.get("/ccproxy/").body());
    assertThat(name.find()).isTrue();
    RawClient.Reply file = browser.get(name.group());
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("content-type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(file.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
  }

  @ParameterizedTest
  @CsvSource({
    "lib/preact.js, text/javascript; charset=utf-8",
    "lib/uplot.js, text/javascript; charset=utf-8",
    "lib/uplot.css, text/css; charset=utf-8",
  })
  void servesWhatIsOfOthersPackedAndOnlyOnce(String name, String type) throws IOException {
    String path = "/ccproxy/console/" + name;
    RawClient.Reply plain = browser.get(path);
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.header("content-type")).isEqualTo(type);
    assertThat(plain.header("cache-control")).isEqualTo("no-cache");
    RawClient.Reply packed = browser.with("Accept-Encoding", "gzip, br").get(path);
    assertThat(packed.header("content-encoding")).isEqualTo("gzip");
    assertThat(Integer.parseInt(packed.header("content-length")))
        .isLessThan(Integer.parseInt(plain.header("content-length")));
    String tag = plain.header("etag");
    RawClient.Reply again = browser.with("If-None-Match", tag).get(path);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.header("etag")).isEqualTo(tag).isNotEmpty();
  }

  @Test
  void letsPagesOfThisMachineLoadTheSelector() throws IOException {
    RawClient.Reply file =
        browser.with("Origin", "http://localhost:3000").get("/ccproxy/models.js");
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("access-control-allow-origin")).isEqualTo("http://localhost:3000");
    assertThat(file.header("cross-origin-resource-policy")).isEqualTo("cross-origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ccproxy/console/nothing.js",
        "/ccproxy/console/lib/nothing/else.js",
      })
  void saysWhatIsNotThere(String path) throws IOException {
    assertThat(browser.get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ccproxy/queue",
        "/ccproxy/console/../queue",
        "/ccproxy/console/%2e%2e/queue",
        "/ccproxy/console/..%2fqueue",
        "/ccproxy/console/./../queue",
        "/ccproxy/console//../queue",
        "/ccproxy/console/a/../../queue",
        "/ccproxy//queue",
        "/ccproxy/console/.hidden",
        "/ccproxy/console/..;/queue",
      })
  void isNoWayAroundTheKey(String path) throws IOException {
    assertThat(browser.get(path).status()).isEqualTo(401);
  }
}
