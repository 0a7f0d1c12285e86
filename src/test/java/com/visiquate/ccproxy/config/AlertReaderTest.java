package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.AlertSettings.Tls;
import com.visiquate.ccproxy.config.Loaded.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlertReaderTest {
  private static final String SECRET = "hunter2";

  @Test
  void isOffUntilSomebodyWantsToBeTold() {
    assertThat(read("").isOn()).isFalse();
    assertThat(read("alerts: {every: 1s}").isOn()).isFalse();
    assertThat(read("alerts: {on: true}").isOn()).isTrue();
    assertThat(read("alerts: {webhook: {url: 'http://h/x'}}").isOn()).isTrue();
    assertThat(read("alerts: {mail: {host: h, from: a@b, to: [c@d]}}").isOn()).isTrue();
  }

  @Test
  void readsTheBoundsOfARuleAndLeavesTheOthers() {
    AlertSettings settings =
        read(
            "alerts: {rules: {backend-down: {for: 40ms}, failures: {above: 7.5%, least: 3},"
                + " disk: {critical: 2GiB}, busy: {on: false}}}");

    assertThat(settings.rule(AlertSettings.BACKEND_DOWN).span()).isEqualTo(Duration.ofMillis(40));
    assertThat(settings.rule(AlertSettings.FAILURES).bound()).isEqualTo(0.075);
    assertThat(settings.rule(AlertSettings.FAILURES).times()).isEqualTo(3);
    assertThat(settings.rule(AlertSettings.DISK).critical()).isEqualTo(2L << 30);
    assertThat(settings.rule(AlertSettings.DISK).bound()).isEqualTo(5L << 30);
    assertThat(settings.rule(AlertSettings.BUSY).on()).isFalse();
    assertThat(settings.rule(AlertSettings.QUEUE_WAIT))
        .isEqualTo(AlertSettings.DEFAULT.rule(AlertSettings.QUEUE_WAIT));
  }

  @Test
  void findsSecretsWhereTheyAreAndNeverShowsThem(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), SECRET + "\n");
    AlertSettings settings =
        read(
            "alerts: {webhook: {url: 'env:HOOK', token: '${TOKEN}'}, mail: {host: h, tls: tls,"
                + " port: 465, user: u, password: 'file:"
                + file
                + "', from: a@b, to: [c@d, e@f]}}",
            Map.of("HOOK", "https://h/" + SECRET, "TOKEN", SECRET));

    assertThat(settings.webhook().url()).isEqualTo("https://h/" + SECRET);
    assertThat(settings.webhook().token()).isEqualTo(SECRET);
    assertThat(settings.mail().password()).isEqualTo(SECRET);
    assertThat(settings.mail().tls()).isEqualTo(Tls.TLS);
    assertThat(settings.mail().to()).isEqualTo(List.of("c@d", "e@f"));
    assertThat(settings.toString()).doesNotContain(SECRET);
  }

  @Test
  void takesASecretFromItsVariable() {
    Map<String, String> variables = Map.of("CCPROXY_ALERTS_MAIL_PASSWORD", SECRET);
    assertThat(read("", variables).mail().password()).isEqualTo(SECRET);
  }

  @Test
  void refusesSecretsInTheFileWithoutShowingThem() {
    assertThat(problems("alerts: {mail: {password: " + SECRET + "}}"))
        .singleElement()
        .asString()
        .contains("alerts.mail.password: a plain text (expected: env:NAME, file:PATH or ${NAME})")
        .doesNotContain(SECRET);
    assertThat(problems("alerts: {webhook: {url: ftp://h/" + SECRET + "}}"))
        .singleElement()
        .asString()
        .contains("alerts.webhook.url")
        .doesNotContain(SECRET);
    assertThat(problems("alerts: {webhook: {url: 'env:NOBODY'}}"))
        .singleElement()
        .asString()
        .contains("env:NOBODY");
  }

  @Test
  void namesWhatAMailLacks() {
    assertThat(problems("alerts: {mail: {host: h}}"))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("alerts.mail.from: missing"))
        .anyMatch(problem -> problem.contains("alerts.mail.to: missing"));
  }

  @Test
  void waitsForARestart() {
    Settings running = Texts.valid(Texts.minimal());
    Settings wanted = Texts.valid(Texts.minimal() + "alerts: {on: true}\n");

    assertThat(Restarts.needed(running, wanted)).containsExactly("alerts");
    assertThat(Restarts.reloaded(running, wanted).alerts()).isEqualTo(running.alerts());
  }

  private static AlertSettings read(String section) {
    return read(section, Map.of());
  }

  private static AlertSettings read(String section, Map<String, String> variables) {
    Loaded loaded = Texts.parse(Texts.minimal() + section + "\n", variables);
    assertThat(loaded).isInstanceOf(Valid.class);
    return ((Valid) loaded).settings().alerts();
  }

  private static List<String> problems(String section) {
    return Texts.problems(Texts.minimal() + section + "\n");
  }
}
