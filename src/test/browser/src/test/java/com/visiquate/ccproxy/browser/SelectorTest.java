package com.visiquate.ccproxy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/**
 * The model selector: in the Playground, in a page of another origin, by keyboard, on a phone, with
 * a model that is offline.
 */
@Timeout(180)
final class SelectorTest {
  private static final List<Ollamas> OLLAMAS = new ArrayList<>();
  private static Gateway gateway;
  private static HttpServer other;

  @BeforeAll
  static void start() throws Exception {
    for (int slots : new int[] {2, 2, 1}) {
      OLLAMAS.add(Ollamas.start(slots));
    }
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway = Gateway.with("selector", Ollamas.configuration(OLLAMAS, ""));
    byte[] page =
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Another page</title>
        <script type="module" src="%s/ccproxy/models.js"></script>
        <form><ccproxy-models name="model" storage="chosen"></ccproxy-models></form>
        """
            .formatted(gateway.url())
            .getBytes(StandardCharsets.UTF_8);
    other.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("content-type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    other.start();
    gateway.await(
        "/ccproxy/models",
        answer -> ActionsTest.model(answer, "qwen-fast").path("loaded_on").size() == 2);
    // The large model's Ollama is no more.
    OLLAMAS.get(2).close();
    gateway.await(
        "/ccproxy/models",
        answer -> !ActionsTest.model(answer, "qwen-quality").path("available").asBoolean(true));
  }

  private static String origin() {
    return "http://127.0.0.1:" + other.getAddress().getPort();
  }

  @AfterAll
  static void stop() throws Exception {
    other.stop(0);
    gateway.close();
    OLLAMAS.get(0).close();
    OLLAMAS.get(1).close();
  }

  @Test
  void worksInAPageOfAnotherOriginAndRemembersTheChoice() {
    try (Chromium chromium = new Chromium()) {
      chromium.open(origin() + "/");
      chromium.shows("ccproxy-models[value=qwen-fast]");
      open(chromium);
      pick(chromium, "[data-id=thinker]");
      chromium.shows("ccproxy-models[value=thinker]");
      assertThat(
              chromium.driver.executeScript(
                  "return new FormData(document.querySelector('form')).get('model')"))
          .isEqualTo("thinker");
      chromium.open(origin() + "/");
      chromium.shows("ccproxy-models[value=thinker]");
      assertThat(chromium.complaints()).isEmpty();
    }
  }

  @Test
  void marksWhatIsOfflineAndLeadsToTheAlternative() throws Exception {
    try (Chromium chromium = new Chromium()) {
      chromium.open(origin() + "/");
      chromium.shows("ccproxy-models[value]");
      open(chromium);
      String option = inside(chromium, "[data-id=qwen-quality]").getText();
      assertThat(option).contains("qwen-quality").contains("quality");
      chromium.isAccessible();
      chromium.press(Keys.ESCAPE);
      chromium.driver.executeScript(
          "document.querySelector('ccproxy-models').value = 'qwen-quality'");
      assertThat(inside(chromium, ".line").getText()).contains("qwen-quality").contains("offline");
      inside(chromium, ".switch").click();
      chromium.shows("ccproxy-models[value=qwen-fast]");
    }
  }

  @Test
  void isASheetAtTheBottomOfAPhone() throws Exception {
    try (Chromium chromium = new Chromium()) {
      chromium.size(390, 844).theme("dark").open(gateway.console("playground"));
      chromium.shows("ccproxy-models[value]");
      open(chromium);
      var sheet = inside(chromium, ".sheet").getRect();
      assertThat(sheet.width).isEqualTo(390);
      assertThat(sheet.y + sheet.height).isBetween(843, 844);
      chromium.picture("selector-390x844");
      chromium.isAccessible();
      pick(chromium, "[data-id=thinker]");
      chromium.shows("ccproxy-models[value=thinker]");
      chromium.open(gateway.console("playground"));
      chromium.shows("ccproxy-models[value=thinker]");
    }
  }

  @Test
  void needsNoMouse() {
    try (Chromium chromium = new Chromium()) {
      chromium.open(gateway.console("playground"));
      chromium.shows("ccproxy-models[value]");
      chromium.tabTo("ccproxy-models");
      chromium.press(Keys.ENTER);
      chromium.press("t");
      chromium.press(Keys.ENTER);
      chromium.shows("ccproxy-models[value=thinker]");
      assertThat(chromium.driver.executeScript("return document.activeElement.localName"))
          .isEqualTo("ccproxy-models");
      chromium.press(Keys.ENTER);
      chromium.press(Keys.HOME);
      chromium.press(Keys.ENTER);
      chromium.shows("ccproxy-models[value=qwen-fast]");
    }
  }

  private static void open(Chromium chromium) {
    inside(chromium, ".open").click();
    inside(chromium, "[role=menuitemradio]");
  }

  private static void pick(Chromium chromium, String option) {
    inside(chromium, option).click();
  }

  private static org.openqa.selenium.WebElement inside(Chromium chromium, String selector) {
    return chromium.await(
        () ->
            chromium.inside("ccproxy-models").findElements(By.cssSelector(selector)).stream()
                .filter(it -> it.isDisplayed())
                .findFirst()
                .orElse(null),
        selector + " in the selector");
  }
}
