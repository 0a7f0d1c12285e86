package com.visiquate.ccproxy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;

/**
 * Who may look and who may change something: by key, from another origin, by a form, by a name that
 * means this machine.
 */
@Timeout(180)
final class SecurityTest {
  private static final String CONFIGURATION =
      """
      server: {host: 127.0.0.1, rehearsal: 0, drain: 1s}
      backends: [{id: fast-1, url: "http://127.0.0.1:9"}]
      models: [{name: qwen-fast, ollama: "qwen", context: 32768, backends: [fast-1]}]
      """;
  private static Gateway keyed;
  private static Gateway open;
  private static HttpServer other;

  @BeforeAll
  static void start() throws Exception {
    keyed =
        Gateway.with(
            "keyed",
            CONFIGURATION
                + "keys:\n"
                + key("boss", "secret-of-boss", true)
                + key("team", "secret-of-team", false));
    open = Gateway.with("open", CONFIGURATION);
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] page =
              "<!doctype html><html lang=\"en\"><title>Another origin</title><p>Elsewhere</p>"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("content-type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    other.start();
  }

  private static String key(String name, String secret, boolean operator) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    return "  - {name: %s, key: \"sha256:%s\", operator: %s}\n"
        .formatted(name, HexFormat.of().formatHex(digest), operator);
  }

  @AfterAll
  static void stop() throws Exception {
    other.stop(0);
    keyed.close();
    open.close();
  }

  @Test
  void opensWithAnOperatorsKeyAlone() throws Exception {
    try (Chromium chromium = new Chromium()) {
      chromium.open(keyed.console("now"));
      signIn(chromium, "wrong");
      chromium.shows(".sign-in [role=alert]");
      signIn(chromium, "secret-of-team");
      chromium.shows(".sign-in [role=alert]");
      chromium.isAccessible();
      chromium.picture("sign-in-1440x900");
      signIn(chromium, "secret-of-boss");
      chromium.shows(".lane");

      act(chromium, "Drain");
      chromium.shows("[aria-labelledby=backend-fast-1] .why", "boss");
      assertThat(keyed.logged("drain", "boss")).isTrue();
      act(chromium, "Return to work");
      chromium.open(keyed.console("now"));
      chromium.shows(".lane");
      assertThat(chromium.driver.executeScript("return document.cookie")).isEqualTo("");

      chromium.click(".corner button", "boss");
      chromium.click("[role=menuitem]", "Sign out");
      chromium.shows(".sign-in input");
    }
  }

  private static void signIn(Chromium chromium, String secret) {
    chromium.write(".sign-in input", secret);
    chromium.click(".sign-in button");
  }

  private static void act(Chromium chromium, String item) {
    chromium.click("[aria-labelledby=backend-fast-1] header button");
    chromium.click("[role=menuitem]", item);
    chromium.click("dialog button[type=submit]");
    chromium.shows(".toast");
    chromium.click(".toast button");
    chromium.goes(".toast");
  }

  /**
   * What scripts and forms of another page could send; the browser holds the cookie of an operator.
   */
  private static final List<String> ATTEMPTS =
      List.of(
          "fetch(url, {method: 'POST', credentials: 'include', headers: {'x-ccproxy-console': '1',"
              + " 'content-type': 'application/json'}, body: '{}'})",
          "fetch(url, {method: 'POST', credentials: 'include', headers: {'content-type':"
              + " 'text/plain'}, body: '{}'})",
          "fetch(url, {method: 'POST', credentials: 'include', mode: 'no-cors', headers:"
              + " {'content-type': 'text/plain'}, body: '{}'})");

  @Test
  void changesNothingForAnotherOrigin() throws Exception {
    try (Chromium chromium = new Chromium()) {
      chromium.open(keyed.console("now"));
      signIn(chromium, "secret-of-boss");
      chromium.shows(".lane");
      for (Gateway gateway : List.of(keyed, open)) {
        chromium.open("http://localhost:" + other.getAddress().getPort() + "/");
        for (String attempt : ATTEMPTS) {
          chromium.driver.executeAsyncScript(
              "const [url, done] = arguments; " + attempt + ".then(() => done(), () => done())",
              drain(gateway));
        }
        chromium.driver.executeScript(
            "const form = document.createElement('form'); form.method = 'post'; form.action ="
                + " arguments[0]; document.body.append(form); form.submit()",
            drain(gateway));
        chromium.await(
            () -> chromium.driver.getCurrentUrl().contains("/drain") ? true : null,
            "the form's answer");
      }
      assertThat(open.read("/ccproxy/now").at("/backends/fast-1").path("drained").asText(""))
          .isIn("", "false");
      chromium.open(keyed.console("now"));
      assertThat(chromium.shows("[aria-labelledby=backend-fast-1] .badge").getText())
          .isNotEqualTo("drained");
    }
  }

  private static String drain(Gateway gateway) {
    return gateway.url() + "/ccproxy/backends/fast-1/drain";
  }

  @Test
  void isNotThereUnderANameThatIsMadeToMeanThisMachine() {
    int port = URI.create(open.url()).getPort();
    try (Chromium chromium = new Chromium("--host-resolver-rules=MAP rebound.example 127.0.0.1")) {
      chromium.open("http://rebound.example:" + port + "/ccproxy/");
      assertThat(chromium.driver.findElements(By.cssSelector(".lane"))).isEmpty();
      Object status =
          chromium.driver.executeAsyncScript(
              "const done = arguments[0]; fetch('/ccproxy/now').then(({status}) => done(status), ()"
                  + " => done(0))");
      assertThat(((Number) status).intValue()).isGreaterThanOrEqualTo(400);
      Object acted =
          chromium.driver.executeAsyncScript(
              "const done = arguments[0]; fetch('/ccproxy/backends/fast-1/drain', {method: 'POST',"
                  + " headers: {'x-ccproxy-console': '1', 'content-type': 'application/json'},"
                  + " body: '{}'}).then(({status}) => done(status), () => done(0))");
      assertThat(((Number) acted).intValue()).isGreaterThanOrEqualTo(400);
    }
  }

  @Test
  void runsNoCodeThatIsNotItsOwn() {
    try (Chromium chromium = new Chromium()) {
      chromium.open(open.console("now"));
      chromium.shows(".lane");
      Object policy =
          chromium.driver.executeAsyncScript(
              "const done = arguments[0]; fetch('/ccproxy/').then((answer) =>"
                  + " done(answer.headers.get('content-security-policy')))");
      assertThat(String.valueOf(policy)).contains("default-src 'none'").doesNotContain("unsafe");
      chromium.driver.executeScript(
          "const script = document.createElement('script'); script.textContent = 'document.title ="
              + " \"owned\"'; document.body.append(script)");
      assertThat(chromium.driver.getTitle()).isNotEqualTo("owned");
    }
  }
}
