package com.visiquate.ccproxy.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.http.Plans;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HealthBodyTest {
  private final Map<BackendId, BackendStatus> statuses = new HashMap<>();

  private Optional<RecordsStatus> records = Optional.empty();

  @Test
  void isHealthyWhenEverythingIsUp() {
    set(Plans.ONE, Health.UP);
    set(Plans.TWO, Health.UP);

    assertThat(body().status()).isEqualTo(200);
    assertThat(body().json())
        .isEqualTo(
            "{\"status\":\"healthy\",\"uptime\":61,\"models\":[\"fast\",\"hf.co/user/repo:tag\"],"
                + "\"healthy_endpoints\":["
                + "{\"model\":\"ollama_chat/fast-q4\",\"model_name\":\"fast\",\"backend\":\"one\"},"
                + "{\"model\":\"ollama_chat/hf.co/user/repo:tag-q4\","
                + "\"model_name\":\"hf.co/user/repo:tag\",\"backend\":\"two\"}],"
                + "\"healthy_count\":2,\"unhealthy_endpoints\":[],\"unhealthy_count\":0}");
  }

  @Test
  void namesEveryReasonWhenDegraded() {
    set(Plans.ONE, Health.UP);
    set(Plans.TWO, Health.DOWN);

    assertThat(body().status()).isEqualTo(200);
    assertThat(body().json())
        .contains("\"status\":\"degraded\"")
        .contains(
            "\"reasons\":[\"backend two is down\",\"model hf.co/user/repo:tag has no live"
                + " backend\"]");
  }

  @Test
  void fails503OnlyWhenNothingCanAnswer() {
    set(Plans.ONE, Health.DOWN);
    assertThat(body().status()).isEqualTo(503);
    assertThat(body().json())
        .contains("\"status\":\"unhealthy\"")
        .contains("backend two is not checked yet");
    set(Plans.ONE, Health.SUSPECT);
    assertThat(body().status()).isEqualTo(200);
  }

  @Test
  void saysThatRecordsWaitForTheirDatabase() {
    set(Plans.ONE, Health.UP);
    set(Plans.TWO, Health.UP);
    records = Optional.of(new RecordsStatus(512, 0, 0, null, ""));
    assertThat(body().json())
        .contains("\"status\":\"healthy\"")
        .contains(
            "\"records\":{\"database\":\"connected\",\"spooled_bytes\":512,"
                + "\"dropped_details\":0,\"lost\":0}");
    records = Optional.of(new RecordsStatus(9, 3, 0, Instant.EPOCH, "connection refused"));
    assertThat(body().status()).isEqualTo(200);
    assertThat(body().json())
        .contains("\"status\":\"degraded\"")
        .contains("records wait for their database since 1970-01-01T00:00:00Z")
        .contains("\"dropped_details\":3,\"lost\":0}")
        .doesNotContain("connection refused");
    records = Optional.of(new RecordsStatus(0, 0, 2, null, ""));
    assertThat(body().json()).contains("2 records could not be kept");
  }

  private void set(BackendId id, Health health) {
    statuses.put(id, Plans.status(id, health));
  }

  private HealthBody body() {
    return HealthBody.of(Plans.plan(), statuses, records, Optional.empty(), Duration.ofSeconds(61));
  }
}
