package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.config.AlertSettings.Mail;
import com.visiquate.ccproxy.config.AlertSettings.Short;
import com.visiquate.ccproxy.config.AlertSettings.Tls;
import com.visiquate.ccproxy.config.AlertSettings.Webhook;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of {@code alerts}. */
final class AlertReader {
  private static final int MOST_PORT = 65_535;
  private static final Kind<String> ADDRESS =
      Kind.TEXT.when(text -> text.matches("[^\\s@<>]+@[^\\s@<>]+"), "an address, name@example.com");
  private static final Kind<Boolean> SLACK =
      Kind.choice(List.of(false, true), slack -> slack ? "slack" : "json");

  private AlertReader() {}

  static AlertSettings read(Section section) {
    AlertSettings otherwise = AlertSettings.DEFAULT;
    boolean on = section.value("on", Kind.FLAG, otherwise.watched());
    AlertSettings settings =
        new AlertSettings(
            on,
            section.value("every", Kind.positive(), otherwise.every()),
            section.value("calm", Kind.duration(), otherwise.calm()),
            shortAnswers(section.section("short"), otherwise.shortAnswers()),
            webhook(section.section("webhook")),
            mail(section.section("mail")),
            rules(section.section("rules")));
    section.end();
    return settings;
  }

  private static Short shortAnswers(Section section, Short otherwise) {
    Short limits =
        new Short(
            section.value("prompt", Kind.whole(1), otherwise.prompt()),
            section.value("output", Kind.whole(1), otherwise.output()));
    section.end();
    return limits;
  }

  private static Webhook webhook(Section section) {
    Optional<String> url = Secrets.orPlain(section, "url");
    boolean slack = section.value("form", SLACK, false);
    Optional<String> token = Secrets.required(section, "token");
    section.end();
    if (url.isPresent() && !url.get().matches("https?://[^\\s/]\\S*")) {
      // An address may be secret, so it is not shown.
      Secrets.problem(section, "url", "something else", "http:// or https:// and an address");
    }
    return new Webhook(url.orElse(""), slack, token.orElse(""));
  }

  private static Mail mail(Section section) {
    Mail otherwise = Mail.NONE;
    String host = section.value("host", Kind.TEXT, otherwise.host());
    int port = section.value("port", Kind.whole(1, MOST_PORT), otherwise.port());
    Tls tls = section.value("tls", Kind.choice(Tls.class), otherwise.tls());
    String user = Secrets.orPlain(section, "user").orElse("");
    String password = Secrets.required(section, "password").orElse("");
    Optional<String> from = section.optional("from", ADDRESS, "");
    List<String> to =
        section.list("to").stream().flatMap(item -> item.as(ADDRESS).stream()).toList();
    section.end();
    Mail mail = new Mail(host, port, tls, user, password, from.orElse(""), to);
    if (mail.isOn()) {
      expectAddresses(mail, section);
    }
    return mail;
  }

  private static void expectAddresses(Mail mail, Section section) {
    if (mail.from().isEmpty() && section.entry("from").isEmpty()) {
      Secrets.problem(section, "from", "missing", ADDRESS.expectation());
    }
    if (mail.to().isEmpty() && section.list("to").isEmpty()) {
      Secrets.problem(section, "to", "missing", "a list of addresses");
    }
  }

  private static Map<String, AlertRule> rules(Section section) {
    AlertRuleReader reader = new AlertRuleReader(section);
    Map<String, AlertRule> rules = reader.readAll();
    section.end();
    return rules;
  }
}
