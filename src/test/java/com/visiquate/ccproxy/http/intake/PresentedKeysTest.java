package com.visiquate.ccproxy.http.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.Quota;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PresentedKeysTest {
  /** Of "open sesame". */
  private static final String DIGEST =
      "41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb";

  private final AccessKey known = new AccessKey("known", DIGEST, List.of(), Quota.UNLIMITED, null);
  private final AccessKey other =
      new AccessKey("other", "0".repeat(64), List.of(), Quota.UNLIMITED, null);

  @Test
  void findsAKeyInWhateverHeaderItComes() {
    assertThat(of(Map.of("authorization", "Bearer open sesame"))).isEqualTo(known);
    assertThat(of(Map.of("authorization", "bearer  open sesame "))).isEqualTo(known);
    assertThat(of(Map.of("x-api-key", "open sesame"))).isEqualTo(known);
    assertThat(of(Map.of("x-litellm-api-key", "open sesame"))).isEqualTo(known);
    assertThat(of(Map.of("authorization", "Bearer no", "x-api-key", "open sesame")))
        .isEqualTo(known);
  }

  /** LiteLLM's clients write the scheme everywhere; Azure's SDKs have a header of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"authorization", "x-api-key", "api-key", "x-litellm-api-key"})
  void takesAKeyWithOrWithoutItsSchemeFromEveryHeaderOfKeys(String header) {
    assertThat(of(Map.of(header, "Bearer open sesame"))).isEqualTo(known);
    if (!header.equals("authorization")) {
      assertThat(of(Map.of(header, "open sesame"))).isEqualTo(known);
    }
  }

  @Test
  void findsNoneInAnythingElse() {
    assertThat(of(Map.of("authorization", "Basic open sesame"))).isNull();
    assertThat(of(Map.of("authorization", "open sesame"))).isNull();
    assertThat(of(Map.of("x-api-key", "open sesam"))).isNull();
    assertThat(of(Map.of("x-api-key", DIGEST))).isNull();
    assertThat(of(Map.of())).isNull();
  }

  @Test
  void tellsAMissingKeyFromAWrongOne() {
    assertThat(presented(Map.of("authorization", "Bearer ")).isEmpty()).isTrue();
    assertThat(presented(Map.of("x-api-key", " ")).isEmpty()).isTrue();
    assertThat(presented(Map.of("x-api-key", "x")).isEmpty()).isFalse();
  }

  private @Nullable AccessKey of(Map<String, String> headers) {
    return presented(headers).find(List.of(other, known));
  }

  private static PresentedKeys presented(Map<String, String> headers) {
    return PresentedKeys.of(headers::get);
  }
}
