package com.visiquate.ccproxy.alerts;

import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.config.AlertSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;

/** Posts alerts to an address; whatever is not 2xx has not been told. */
final class Webhook implements Channel {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final WebClient client;
  private final AlertSettings.Webhook settings;

  Webhook(Vertx vertx, AlertSettings.Webhook settings) {
    this.settings = settings;
    this.client =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setFollowRedirects(false)
                .setConnectTimeout((int) PATIENCE.toMillis()));
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Future<?> tell(Alert alert) {
    Buffer body = Buffer.buffer(settings.slack() ? Words.slack(alert) : Words.json(alert));
    return request().sendBuffer(body).compose(Webhook::judge);
  }

  @Override
  public Future<?> close() {
    client.close();
    return Future.succeededFuture();
  }

  private HttpRequest<Buffer> request() {
    HttpRequest<Buffer> request =
        client
            .postAbs(settings.url())
            .timeout(PATIENCE.toMillis())
            .putHeader(HttpHeaders.CONTENT_TYPE.toString(), "application/json");
    return settings.token().isEmpty()
        ? request
        : request.bearerTokenAuthentication(settings.token());
  }

  private static Future<?> judge(HttpResponse<Buffer> response) {
    boolean isTold = response.statusCode() / 100 == 2;
    return isTold
        ? Future.succeededFuture()
        : Future.failedFuture("it answered " + response.statusCode());
  }
}
