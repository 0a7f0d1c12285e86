package com.visiquate.ccproxy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway goes away and comes back while the console is open. */
@Timeout(180)
final class RestartTest {
  @Test
  void saysThatTheGatewayIsAwayAndGoesOnByItself() throws Exception {
    try (Gateway gateway = Gateway.demo();
        Chromium chromium = new Chromium()) {
      chromium.open(gateway.console("now"));
      chromium.shows(".lane");

      gateway.stop();
      chromium.shows(".banner.bad", "The gateway is away");
      assertThat(chromium.shows(".status.lost").getText()).isEqualTo("reconnecting");
      assertThat(chromium.driver.findElements(org.openqa.selenium.By.cssSelector(".lane")))
          .isNotEmpty();
      chromium.picture("away-1440x900");

      gateway.startAgain();
      chromium.goes(".banner");
      chromium.shows(".status.live");
      chromium.shows(".lane");
    }
  }

  @Test
  void everyScreenComesBack() throws Exception {
    try (Gateway gateway = Gateway.demo();
        Chromium chromium = new Chromium()) {
      for (String screen : List.of("models", "playground")) {
        chromium.open(gateway.console(screen));
        chromium.shows(".status.live");
        gateway.stop();
        chromium.shows(".status.lost");
        gateway.startAgain();
        chromium.shows(".status.live");
        chromium.goes(".failed");
        chromium.goes(".banner");
      }
    }
  }
}
