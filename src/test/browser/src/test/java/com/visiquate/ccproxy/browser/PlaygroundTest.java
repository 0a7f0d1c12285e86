package com.visiquate.ccproxy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** Chats in the Playground, in every dialect. */
@Timeout(180)
final class PlaygroundTest {
  private static final List<Ollamas> OLLAMAS = new ArrayList<>();
  private static Gateway gateway;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    for (int slots : new int[] {2, 2, 1}) {
      OLLAMAS.add(Ollamas.start(slots));
    }
    gateway = Gateway.with("playground", Ollamas.configuration(OLLAMAS, ""));
    gateway.await(
        "/ccproxy/models",
        answer -> ActionsTest.model(answer, "qwen-fast").path("loaded_on").size() == 2);
    chromium = new Chromium().theme("dark");
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
    gateway.close();
    for (Ollamas ollama : OLLAMAS) {
      ollama.close();
    }
  }

  @BeforeEach
  void open() {
    chromium.open(gateway.console("now"));
    chromium.driver.executeScript("localStorage.clear()");
    chromium.open(gateway.console("playground"));
    chromium.shows("ccproxy-models[value=qwen-fast]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "responses", "messages", "ollama"})
  void thinksCallsAToolAndGoesOnWithItsResult(String dialect) throws Exception {
    model("thinker");
    chromium.click(".composer button", "Parameters");
    new Select(chromium.shows(".parameters select")).selectByValue(dialect);
    new Select(chromium.driver.findElements(By.cssSelector(".parameters select")).get(1))
        .selectByValue("medium");
    chromium.click(".parameters button", "an example");
    chromium.click(".composer button", "Parameters");

    say("Use the tool get_time");
    chromium.shows(".answer .thinking");
    chromium.shows(".answer .call", "get_time");
    chromium.shows(".call textarea").sendKeys("It is noon.");
    chromium.click(".calls button.primary");

    chromium.shows(".turns > li:nth-child(2) .answer[aria-busy=false] .prose");
    chromium.shows(".turns > li:nth-child(2) .answer footer", "tokens");
    assertThat(chromium.driver.findElements(By.cssSelector(".answer .note.bad"))).isEmpty();
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void streamsStopsAndKeepsTheConversationWhenTheModelIsSwitched() {
    say("Write. [simulate: 4000 tokens]");
    String first = chromium.shows(".answer[aria-busy=true] .prose").getText();
    chromium.await(
        () -> chromium.shows(".answer .prose").getText().length() > first.length() ? true : null,
        "more words");
    chromium.click(".composer button", "Stop");
    chromium.shows(".answer[aria-busy=false]", "Stopped");

    model("thinker");
    say("And now? [simulate: 5 tokens]");
    chromium.shows(".turns > li:nth-child(2) .answer[aria-busy=false] header", "thinker");
    assertThat(chromium.shows(".turns > li:nth-child(1) .asked").getText()).contains("Write.");
    chromium.click(".answer footer a", "record");
    chromium.shows("dialog", "playground");
  }

  @Test
  void asksSeveralModelsAtOnce() throws Exception {
    chromium.click(".composer button", "another model");
    chromium.await(
        () ->
            chromium.driver.findElements(By.cssSelector("ccproxy-models[value]")).size() == 2
                ? true
                : null,
        "two selectors");
    chromium
        .driver
        .findElements(By.cssSelector("ccproxy-models"))
        .get(1)
        .getShadowRoot()
        .findElement(By.cssSelector(".open"))
        .click();
    chromium.press("t", Keys.ENTER);
    chromium.shows("ccproxy-models[value=thinker]");
    say("How do slots and caches go together?");
    chromium.await(
        () ->
            chromium.driver.findElements(By.cssSelector(".answer[aria-busy=false] footer")).size()
                    == 2
                ? true
                : null,
        "two answers");
    chromium.isAccessible();
    chromium.picture("playground-compare-1440x900");
  }

  @Test
  void saysWhatWentWrong() {
    chromium.click(".composer button", "Parameters");
    chromium.shows(".parameters textarea#tools").sendKeys("[{");
    chromium.shows("#tools-problem");
    say("Hello");
    chromium.shows(".toast.bad", "tools");
  }

  @Test
  void isTheSameAsCode() {
    chromium.shows(".composer textarea").sendKeys("What's up?");
    chromium.click(".composer button", "As code");
    chromium.shows(".listing", "curl -N " + gateway.url() + "/v1/chat/completions");
    assertThat(chromium.shows(".listing").getText())
        .contains("\"model\": \"qwen-fast\"")
        .contains("What'\\''s up?");
    chromium.click("dialog button", "Python");
    chromium.shows(".listing", "urllib.request");
    chromium.click("dialog button", "Node");
    chromium.shows(".listing", "await fetch(");
  }

  private static void say(String text) {
    WebElement box = chromium.shows(".composer textarea");
    box.sendKeys(text, Keys.ENTER);
  }

  private static void model(String id) {
    chromium.inside("ccproxy-models").findElement(By.cssSelector(".open")).click();
    chromium.await(
        () -> {
          chromium
              .inside("ccproxy-models")
              .findElement(By.cssSelector("[data-id=" + id + "]"))
              .click();
          return true;
        },
        id);
    chromium.shows("ccproxy-models[value=" + id + "]");
  }
}
