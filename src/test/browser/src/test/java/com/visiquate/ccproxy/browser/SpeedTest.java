package com.visiquate.ccproxy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the console weighs, how soon it is there, and what a crowd costs it; the browser has one
 * core.
 */
@Timeout(300)
final class SpeedTest {
  private static final int MOST_BYTES = 150_000;
  private static final double MOST_LOAD_MS = 1_000;

  /**
   * Times what {@link #PLAIN} costs. Milliseconds would tell of the machine: the same pages took
   * 21, 34 and 45 on three of them, and a frame has 33.
   */
  private static final double MOST_WORK = 4;

  private static final int LOOKS = 6;
  private static final int UPDATES = 20;
  private static Gateway gateway;
  private static Path oneCore;

  @BeforeAll
  static void start() throws Exception {
    gateway = Gateway.demo();
    oneCore =
        Files.createTempFile(
            "chromium",
            ".sh",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(oneCore, "#!/bin/sh\nexec taskset -c 0 /usr/bin/chromium \"$@\"\n");
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    Files.delete(oneCore);
  }

  @Test
  void isLight() {
    try (Chromium chromium = new Chromium(oneCore)) {
      chromium.open(gateway.console("now"));
      chromium.shows(".lane");
      double first = number(chromium, TRANSFERRED);
      for (String screen :
          List.of("timeline", "agents", "models", "usage", "playground", "whatif")) {
        chromium.driver.executeScript("location.hash = '#/" + screen + "'");
        chromium.shows(".on-" + screen);
        chromium.goes(".wait-line");
      }
      double all = number(chromium, TRANSFERRED);
      System.out.printf(
          "console: %.0f bytes to see Now, %.0f bytes to see all screens%n", first, all);
      assertThat(first).isGreaterThan(10_000);
      assertThat(all).isLessThan(MOST_BYTES);
    }
  }

  @Test
  void isSoonThere() {
    try (Chromium chromium = new Chromium(oneCore)) {
      chromium.driver.executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
      List<Double> loads = new ArrayList<>();
      for (int look = 0; look < LOOKS; look++) {
        chromium.open(gateway.console("now"));
        chromium.shows(".lane");
        loads.add(
            number(chromium, "return performance.getEntriesByName('first-lane')[0].startTime"));
      }
      System.out.printf("console: first lane after %s ms%n", loads);
      assertThat(loads).anySatisfy(load -> assertThat(load).isLessThan(MOST_LOAD_MS));
    }
  }

  /** What came of pages and code, packed and with their headers. */
  private static final String TRANSFERRED =
      "return [...performance.getEntriesByType('navigation'),"
          + " ...performance.getEntriesByType('resource')].reduce((sum, {transferSize}) => sum +"
          + " transferSize, 0)";

  private static double number(Chromium chromium, String script) {
    return ((Number) chromium.driver.executeScript(script)).doubleValue();
  }

  @Test
  void isSmoothWithACrowd() throws Exception {
    try (Synthetic crowd = new Synthetic(gateway.url());
        Chromium chromium = new Chromium(oneCore)) {
      double before = plain(chromium);
      chromium.open(crowd.url() + "/ccproxy/#/now");
      chromium.shows(".lane");
      assertThat(number(chromium, "return document.querySelectorAll('.lane').length"))
          .isEqualTo(Synthetic.BACKENDS * Synthetic.SLOTS);
      chromium.shows(".room [aria-rowcount='" + (Synthetic.WAITING + 1) + "']");
      List<Double> longest = new ArrayList<>();
      for (int look = 0; look < LOOKS; look++) {
        longest.add(longest((List<?>) chromium.driver.executeAsyncScript(FRAMES)));
      }
      double work = work(chromium, "the console");
      chromium.picture("crowd-1440x900");
      double plain = (before + plain(chromium)) / 2;
      System.out.printf(
          "console: with a crowd, longest frames %s ms, %.1f ms of work an update, %.2f x plain%n",
          longest, work, work / plain);
      assertThat(work / plain).isLessThan(MOST_WORK);
    }
  }

  private static double longest(List<?> frames) {
    return frames.stream().mapToDouble(frame -> ((Number) frame).doubleValue()).max().orElseThrow();
  }

  private static double plain(Chromium chromium) {
    chromium.driver.get("about:blank");
    chromium.driver.executeScript(PLAIN, Synthetic.GAP);
    return work(chromium, "plain rows");
  }

  /**
   * Milliseconds that the page's thread computes between two updates of the feed, with all that
   * styles, layout and the second hand cost: if all of it fell into one frame, this is how long
   * that frame would be. It is processor time, which others do not change.
   */
  private static double work(Chromium chromium, String what) {
    chromium.driver.executeCdpCommand("Performance.enable", Map.of("timeDomain", "threadTicks"));
    Map<String, Double> before = metrics(chromium);
    chromium.driver.executeAsyncScript("setTimeout(arguments[0], " + UPDATES * Synthetic.GAP + ")");
    Map<String, Double> after = metrics(chromium);
    Map<String, Double> each = new TreeMap<>();
    after.forEach(
        (name, value) -> each.put(name, (value - before.getOrDefault(name, 0.0)) * 1000 / UPDATES));
    System.out.printf("console: milliseconds an update of %s: %s%n", what, each);
    return Objects.requireNonNull(each.get("TaskDuration"));
  }

  private static Map<String, Double> metrics(Chromium chromium) {
    Map<String, Double> found = new TreeMap<>();
    for (Object metric :
        (List<?>)
            chromium.driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics")) {
      String name = String.valueOf(((Map<?, ?>) metric).get("name"));
      if (name.endsWith("Duration")) {
        found.put(name, ((Number) ((Map<?, ?>) metric).get("value")).doubleValue());
      }
    }
    return found;
  }

  /** As much text as a screen of the console, written anew as often, by nobody's framework. */
  private static final String PLAIN =
      """
      document.body.innerHTML = ('<div style="display: grid; grid-template-columns: repeat(6, 1fr);'
        + ' height: 30px">' + '<span></span>'.repeat(6) + '</div>').repeat(60);
      const cells = [...document.querySelectorAll('span')];
      let update = 0;
      const write = () => cells.forEach((cell, at) => { cell.textContent = `row ${at} of ${update}`; });
      setInterval(() => requestAnimationFrame(() => { update++; write(); }), arguments[0]);
      """;

  /** Four seconds of frames, while the waiting room is scrolled. */
  private static final String FRAMES =
      """
      const done = arguments[0];
      const box = document.querySelector('.long');
      const frames = [];
      let last = 0;
      let first = 0;
      const frame = (now) => {
        if (last) frames.push(now - last);
        first ||= now;
        last = now;
        box.scrollTop = (now - first) * 2;
        if (now - first < 4000) requestAnimationFrame(frame);
        else done(frames.slice(2));
      };
      requestAnimationFrame(frame);
      """;
}
