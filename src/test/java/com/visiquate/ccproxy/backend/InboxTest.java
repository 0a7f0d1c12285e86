package com.visiquate.ccproxy.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InboxTest {
  private final Inbox inbox = new Inbox();

  @Test
  void givesAllPiecesInTheirOrderOnce() {
    inbox.add(bytes("one "));
    inbox.add(bytes(""));
    inbox.add(bytes("two"));
    assertThat(inbox.take()).isEqualTo(bytes("one two"));
    assertThat(inbox.isEmpty()).isTrue();
    assertThat(inbox.take()).isEmpty();
  }

  @Test
  void beginsAnewAfterwards() {
    inbox.add(bytes("old"));
    inbox.take();
    inbox.add(bytes("new"));
    assertThat(inbox.isEmpty()).isFalse();
    assertThat(inbox.take()).isEqualTo(bytes("new"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
