package com.visiquate.ccproxy.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The timeline by mouse: a click shows why a request started where it did, a drag zooms. */
@Timeout(180)
final class TimelineTest {
  /** Where the first lane is on the canvas, from its top. */
  private static final int FIRST_LANE = 86;

  private static Gateway gateway;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    gateway = Gateway.demo();
    chromium = new Chromium().theme("light");
    Chat.lasting(gateway.url(), "painter", "coding");
    gateway.await("/ccproxy/timeline", answer -> !answer.path("stretches").isEmpty());
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
    gateway.close();
  }

  @BeforeEach
  void open() {
    chromium.open(gateway.console("timeline"));
    chromium.shows(".listed", "painter");
  }

  @Test
  void opensWhatIsClickedWithNumbersThatAddUp() throws Exception {
    new Actions(chromium.driver).moveToElement(canvas(), 0, aboveMiddle()).click().perform();
    String id = chromium.shows("dialog .mono").getText();
    chromium.shows("dialog .verdict", "It started on");
    chromium.shows("dialog .terms tfoot", "together");
    chromium.isAccessible();
    chromium.picture("decision-1440x900");
    assertThat(chromium.complaints()).isEmpty();

    JsonNode chosen = gateway.read("/ccproxy/timeline/" + id).path("chosen");
    double sum =
        StreamSupport.stream(chosen.path("terms").spliterator(), false)
            .mapToDouble(term -> term.path("value").asDouble())
            .sum();
    assertThat(sum).isCloseTo(chosen.path("sum").asDouble(), within(1e-5));
    assertThat(chosen.path("terms")).isNotEmpty();
  }

  @Test
  void zoomsByADragAndShowsAllAgain() {
    new Actions(chromium.driver)
        .moveToElement(canvas(), -200, aboveMiddle())
        .clickAndHold()
        .moveByOffset(150, 0)
        .release()
        .perform();
    assertThat(chromium.shows("button[aria-pressed=false]", "Follow").isDisplayed()).isTrue();
    chromium.click("button", "Show all");
    chromium.shows("button[aria-pressed=true]", "Following");
  }

  @Test
  void colours() {
    for (String by : List.of("conversation", "role", "client", "model")) {
      new org.openqa.selenium.support.ui.Select(chromium.shows(".on-timeline select"))
          .selectByValue(by);
      chromium.shows(".legend .swatch");
    }
    chromium.shows(".legend", "qwen-fast");
    assertThat(chromium.complaints()).isEmpty();
  }

  private static WebElement canvas() {
    return chromium.shows(".board-box canvas");
  }

  private static int aboveMiddle() {
    return FIRST_LANE - canvas().getSize().height / 2;
  }
}
