package com.visiquate.ccproxy.http.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.Quota;
import com.visiquate.ccproxy.http.intake.Sessions.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SessionsTest {
  private final Map<String, Session> known = new HashMap<>();
  private Instant now = Instant.EPOCH;
  private final Sessions sessions = new Sessions(known, () -> now);

  @Test
  void keepsNeitherKeysNorCookies() {
    String cookie = sessions.open(key("op", 'a'));
    assertThat(known.toString()).doesNotContain(cookie);
    assertThat(sessions.open(key("op", 'a'))).isNotEqualTo(cookie).hasSameSizeAs(cookie);
  }

  @Test
  void endsByItself() {
    String cookie = sessions.open(key("op", 'a'));
    now = now.plus(Sessions.LONGEST).minusSeconds(1);
    assertThat(find(cookie, key("op", 'a'))).isTrue();
    now = now.plusSeconds(1);
    assertThat(find(cookie, key("op", 'a'))).isFalse();
  }

  @Test
  void endsWithItsKey() {
    String cookie = sessions.open(key("op", 'a'));
    assertThat(find(cookie, key("op", 'b'))).as("another key of this name").isFalse();
    assertThat(find(cookie, key("other", 'a'))).isFalse();
    assertThat(find("made up", key("op", 'a'))).isFalse();
  }

  @Test
  void isBounded() {
    String first = sessions.open(key("op", 'a'));
    for (int i = 0; i < Sessions.MOST; i++) {
      now = now.plus(Duration.ofMillis(1));
      sessions.open(key("op", 'a'));
    }
    assertThat(known).hasSize(Sessions.MOST);
    assertThat(find(first, key("op", 'a'))).isFalse();
  }

  private boolean find(String cookie, AccessKey key) {
    return sessions.key(PresentedKeys.hex(cookie), List.of(key)) != null;
  }

  private static AccessKey key(String name, char digit) {
    return new AccessKey(
        name, String.valueOf(digit).repeat(64), List.of(), Quota.UNLIMITED, null, true);
  }
}
