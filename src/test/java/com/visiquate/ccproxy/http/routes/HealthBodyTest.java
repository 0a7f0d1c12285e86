package com.visiquate.ccproxy.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.http.Plans;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HealthBodyTest {
  private final Map<BackendId, BackendStatus> statuses = new HashMap<>();

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

  private void set(BackendId id, Health health) {
    statuses.put(id, Plans.status(id, health));
  }

  private HealthBody body() {
    return HealthBody.of(Plans.plan(), statuses, Duration.ofSeconds(61));
  }
}
