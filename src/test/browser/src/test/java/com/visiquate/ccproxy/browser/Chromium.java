package com.visiquate.ccproxy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real browser, of Debian's, with one page. */
final class Chromium implements AutoCloseable {
  static final Path SCREENS = Path.of(System.getProperty("screens"));
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration GAP = Duration.ofMillis(50);

  /**
   * Selenium warns of every Chromium that is newer than its own words for the DevTools, which are
   * not used here.
   */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  final ChromeDriver driver;

  Chromium(String... more) {
    this(Path.of("/usr/bin/chromium"), more);
  }

  Chromium(Path binary, String... more) {
    SELENIUM.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(binary.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--force-color-profile=srgb");
    options.addArguments(List.of(more));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File("/usr/bin/chromedriver"))
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    size(1440, 900);
  }

  Chromium size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  Chromium theme(String theme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", theme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    return this;
  }

  /** Opens a page anew, even where only its hash differs. */
  Chromium open(String url) {
    driver.get("about:blank");
    driver.get(url);
    return this;
  }

  WebElement shows(String selector) {
    return await(
        () ->
            driver.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null),
        selector);
  }

  /** An element with this text, among those of a selector. */
  WebElement shows(String selector, String text) {
    return await(
        () ->
            driver.findElements(By.cssSelector(selector)).stream()
                .filter(it -> it.isDisplayed() && said(it).contains(text))
                .findFirst()
                .orElse(null),
        selector + " with " + text);
  }

  private static String said(WebElement element) {
    String label = element.getDomAttribute("aria-label");
    return element.getText() + " " + (label == null ? "" : label);
  }

  void goes(String selector) {
    await(
        () -> driver.findElements(By.cssSelector(selector)).isEmpty() ? true : null,
        "no " + selector);
  }

  /** Tries until there is something; what moves away between two looks is looked for again. */
  <T> T await(java.util.function.Supplier<T> look, String what) {
    return new WebDriverWait(driver, PATIENCE, GAP)
        .withMessage(() -> what + " in\n" + text())
        .ignoring(StaleElementReferenceException.class)
        .until(any -> look.get());
  }

  void click(String selector, String text) {
    await(
        () -> {
          shows(selector, text).click();
          return true;
        },
        "a click on " + selector);
  }

  void click(String selector) {
    await(
        () -> {
          shows(selector).click();
          return true;
        },
        "a click on " + selector);
  }

  /**
   * Types over what a field holds, by keys as a user would: what WebDriver clears tells the page
   * too late, and a page that is drawn anew in between puts the old text back.
   */
  void write(String selector, String text) {
    WebElement field = shows(selector);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
    await(
        () -> text.equals(field.getDomProperty("value")) ? true : null, selector + " with " + text);
  }

  /** The inside of the model selector. */
  SearchContext inside(String selector) {
    return shows(selector).getShadowRoot();
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Tabs until the element with the focus is as wanted; fails when all have been visited. */
  void tabTo(String selector) {
    for (int i = 0; i < 300; i++) {
      if (Boolean.TRUE.equals(
          driver.executeScript("return document.activeElement.matches(arguments[0])", selector))) {
        return;
      }
      press(Keys.TAB);
    }
    throw new AssertionError("no tab leads to " + selector);
  }

  String text() {
    return String.valueOf(
        driver.executeScript("return document.body ? document.body.innerText.slice(0, 3000) : ''"));
  }

  /** What the console complained of since the last call. */
  List<String> complaints() {
    List<String> found = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        found.add(entry.getLevel() + " " + entry.getMessage());
      }
    }
    return found;
  }

  /** Nothing that axe calls serious or worse. */
  void isAccessible() throws IOException {
    driver.executeScript(Files.readString(Path.of(System.getProperty("axe"))));
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[0];
            axe.run(document, {resultTypes: ['violations']}).then(({violations}) => done(violations
              .filter(({impact}) => impact === 'serious' || impact === 'critical')
              .map(({id, help, nodes}) => `${id}: ${help}: ${nodes.slice(0, 4).map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`)),
              (error) => done([String(error)]));\
            """);
    assertThat((List<?>) found).as("axe at " + driver.getCurrentUrl()).isEmpty();
  }

  /** Nothing is wider than the page. */
  void doesNotOverflow() {
    Object found =
        driver.executeScript(
            """
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll('body *')].filter((it) => it.getBoundingClientRect().right > width + 1)
              .slice(0, 8).map((it) => `${it.tagName}.${it.className} ${Math.round(it.getBoundingClientRect().right)}`);\
            """);
    assertThat((List<?>) found).as("overflow at " + driver.getCurrentUrl()).isEmpty();
  }

  void picture(String name) throws IOException {
    Files.createDirectories(SCREENS);
    Files.write(SCREENS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
