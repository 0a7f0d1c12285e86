package com.visiquate.ccproxy.alerts;

import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.config.AlertSettings;
import com.visiquate.ccproxy.config.AlertSettings.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;

/** Mails alerts; nothing of the mail client is loaded before there is one. */
final class Mailbox implements Channel {
  private final MailClient client;
  private final AlertSettings.Mail settings;

  Mailbox(Vertx vertx, AlertSettings.Mail settings) {
    this.settings = settings;
    this.client = MailClient.create(vertx, config(settings));
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public Future<?> tell(Alert alert) {
    MailMessage message =
        new MailMessage()
            .setFrom(settings.from())
            .setTo(settings.to())
            .setSubject(Words.subject(alert))
            .setText(Words.letter(alert));
    return client.sendMail(message);
  }

  @Override
  public Future<?> close() {
    return client.close();
  }

  private static MailConfig config(AlertSettings.Mail settings) {
    MailConfig config =
        new MailConfig()
            .setHostname(settings.host())
            .setPort(settings.port())
            .setSsl(settings.tls() == Tls.TLS)
            .setStarttls(
                settings.tls() == Tls.STARTTLS
                    ? StartTLSOptions.REQUIRED
                    : StartTLSOptions.DISABLED)
            .setMaxPoolSize(1);
    return settings.user().isEmpty()
        ? config.setLogin(LoginOption.DISABLED)
        : config
            .setLogin(LoginOption.REQUIRED)
            .setUsername(settings.user())
            .setPassword(settings.password());
  }
}
