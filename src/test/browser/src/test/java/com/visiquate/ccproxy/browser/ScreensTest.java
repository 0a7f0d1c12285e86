package com.visiquate.ccproxy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every screen, under load and empty, on a phone and a desk, light and dark. */
@Timeout(300)
final class ScreensTest {
  private static final List<String> SCREENS =
      List.of("now", "timeline", "agents", "models", "usage", "playground", "whatif");
  private static final int AGENTS = 40;

  /** What a screen shows when it is complete. */
  private static final Map<String, String> LOADED =
      Map.of(
          "now", ".room .long [role=row] button",
          "timeline", ".listed .long [role=row] button",
          "agents", ".agent-table tbody tr",
          "models", ".card",
          "usage", ".chart canvas",
          "playground", "ccproxy-models[value]",
          "whatif", ".what-if button.primary");

  private static final Map<String, String> EMPTY =
      Map.of(
          "now", ".room .empty",
          "timeline", ".empty",
          "agents", ".empty",
          "models", ".card",
          "usage", ".empty",
          "playground", "ccproxy-models[value]",
          "whatif", ".empty");

  private static Gateway busy;
  private static Gateway idle;
  private static Agents agents;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    busy = Gateway.demo();
    idle = Gateway.demo();
    agents = Agents.start(busy.url(), AGENTS);
    chromium = new Chromium();
    busy.await("/ccproxy/requests?limit=60", answer -> answer.path("requests").size() >= 60);
    busy.await(
        "/ccproxy/requests?limit=1&lost_tokens=%3E0",
        answer -> answer.path("requests").size() >= 1);
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
    agents.close();
    busy.close();
    idle.close();
  }

  record Look(String screen, boolean loaded, int width, int height, String theme) {
    @Override
    public String toString() {
      return "%s-%s-%dx%d-%s".formatted(screen, loaded ? "loaded" : "empty", width, height, theme);
    }
  }

  static List<Look> looks() {
    List<Look> looks = new ArrayList<>();
    for (String screen : SCREENS) {
      for (boolean loaded : new boolean[] {true, false}) {
        for (String theme : List.of("light", "dark")) {
          looks.add(new Look(screen, loaded, 1440, 900, theme));
          looks.add(new Look(screen, loaded, 390, 844, theme));
        }
      }
    }
    return looks;
  }

  @ParameterizedTest
  @MethodSource("looks")
  void isWellMade(Look look) throws Exception {
    chromium.size(look.width(), look.height()).theme(look.theme());
    chromium.complaints();
    chromium.open((look.loaded() ? busy : idle).console(look.screen()));
    chromium.shows(".status.live");
    chromium.shows((look.loaded() ? LOADED : EMPTY).get(look.screen()));
    if (look.screen().equals("whatif") && look.loaded()) {
      replay();
    }
    chromium.goes(".wait-line");

    chromium.picture(look.toString());
    chromium.doesNotOverflow();
    chromium.isAccessible();
    assertThat(chromium.complaints()).isEmpty();
  }

  private void replay() {
    chromium.write("#knob-routing\\.patience", "0.05");
    chromium.click(".what-if button.primary");
    chromium.shows(".outcome tbody tr:nth-child(2)");
  }

  @ParameterizedTest
  @MethodSource("widths")
  void fitsEveryWidth(int width) {
    chromium.size(width, 900).theme("light");
    for (String screen : SCREENS) {
      chromium.open(busy.console(screen));
      chromium.shows(LOADED.get(screen));
      chromium.doesNotOverflow();
    }
  }

  static List<Integer> widths() {
    return List.of(360, 768, 1080, 3840);
  }
}
