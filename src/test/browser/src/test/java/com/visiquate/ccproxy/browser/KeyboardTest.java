package com.visiquate.ccproxy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** A walk through the console without a mouse. */
@Timeout(180)
final class KeyboardTest {
  private static Gateway gateway;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    gateway = Gateway.demo();
    chromium = new Chromium().theme("light");
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
    gateway.close();
  }

  @Test
  void reachesEveryScreen() {
    chromium.open(gateway.console("now"));
    chromium.shows(".lane");
    chromium.press(Keys.TAB);
    assertThat(focus()).isEqualTo("To the content");
    chromium.tabTo(".nav a[href='#/models']");
    chromium.press(Keys.ENTER);
    chromium.shows(".on-models .card");
    chromium.press("5");
    chromium.shows(".on-usage");
    chromium.press("?");
    chromium.shows("dialog", "Keys of the keyboard");
    chromium.press(Keys.ESCAPE);
    chromium.goes("dialog");
    chromium.press("1");
    chromium.shows(".on-now .lane");
  }

  @Test
  void cancelsWhatRuns() throws Exception {
    CompletableFuture<HttpResponse<String>> running =
        Chat.lasting(gateway.url(), "typist", "coding");
    chromium.open(gateway.console("now"));
    chromium.shows(".lane", "typist");
    chromium.tabTo(".lane button[aria-label*=typist]");
    chromium.press(Keys.ENTER);
    chromium.shows("[role=menu]");
    chromium.press(Keys.ESCAPE);
    chromium.goes("[role=menu]");
    assertThat(focus()).contains("typist");

    chromium.press(Keys.ENTER);
    chromium.shows("[role=menuitem]:focus", "Cancel the request");
    chromium.press(Keys.ENTER);
    chromium.shows("dialog button:focus", "Cancel the request");
    chromium.press(Keys.ENTER);

    assertThat(running.get(30, TimeUnit.SECONDS).body()).contains("cancel");
    chromium.shows(".toast");
  }

  @Test
  void asksInThePlayground() {
    chromium.open(gateway.console("playground"));
    chromium.shows("ccproxy-models[value]");
    chromium.tabTo(".composer textarea");
    chromium.press("Hello. [simulate: 2000 tokens]", Keys.ENTER);
    chromium.shows(".answer[aria-busy=true] .prose");
    chromium.press(Keys.ESCAPE);
    chromium.shows(".answer[aria-busy=false]", "Stopped");
  }

  @Test
  void opensARequestOfTheTimeline() throws Exception {
    Chat.brief(gateway.url(), "traveller", "coding");
    chromium.open(gateway.console("timeline"));
    chromium.shows(".listed [role=row] button");
    chromium.tabTo(".board-box canvas");
    chromium.press("+", Keys.ARROW_RIGHT, "0");
    chromium.tabTo(".listed [role=row] button");
    chromium.press(Keys.ENTER);
    chromium.shows("dialog .terms");
    chromium.press(Keys.ESCAPE);
    chromium.goes("dialog");
  }

  private static String focus() {
    return String.valueOf(
        chromium.driver.executeScript(
            "const it = document.activeElement; return it.getAttribute('aria-label') ||"
                + " it.textContent"));
  }
}
