package com.visiquate.ccproxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ClientIdentityTest {
  private final Map<String, String> headers = new HashMap<>();

  @Test
  void takesTheAddressWhenThereIsNothingElse() {
    assertThat(client(null)).isEqualTo("10.0.0.9");
  }

  @Test
  void prefersWhatIsMoreExplicit() {
    headers.put("authorization", "Bearer secret");
    assertThat(client(null)).startsWith("key-");
    assertThat(client("hint")).isEqualTo("hint");
    headers.put("x-claude-code-session-id", "session");
    assertThat(client("hint")).isEqualTo("session");
    headers.put("x-claude-code-agent-id", "agent");
    assertThat(client("hint")).isEqualTo("agent");
    headers.put("x-ccproxy-client", "tester");
    assertThat(client("hint")).isEqualTo("tester");
  }

  @Test
  void neverShowsAKey() {
    headers.put("x-api-key", "sk-very-secret");
    assertThat(client(null)).matches("key-[0-9a-f]{12}").doesNotContain("secret");
  }

  @Test
  void tellsKeysApartAndKnowsThemAgain() {
    headers.put("authorization", "Bearer a");
    String first = client(null);
    headers.put("authorization", "Bearer b");
    assertThat(client(null)).isNotEqualTo(first);
    headers.put("authorization", "Bearer a");
    assertThat(client(null)).isEqualTo(first);
  }

  @Test
  void keepsIdsShortAndPrintable() {
    headers.put("x-ccproxy-client", "  a\tb\u00e9" + "x".repeat(500));
    assertThat(client(null)).startsWith("a_b_x").hasSize(128);
  }

  private String client(@Nullable String hint) {
    return ClientIdentity.of(headers::get, hint, "10.0.0.9").value();
  }
}
