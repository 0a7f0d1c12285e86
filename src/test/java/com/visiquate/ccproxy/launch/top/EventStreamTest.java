package com.visiquate.ccproxy.launch.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EventStreamTest {
  private final EventStream stream = new EventStream();

  @Test
  void followsTheDocument() {
    assertThat(read("retry: 1000\n\n: hello\n\n")).isFalse();
    assertThat(stream.document()).isNull();
    assertThat(read("id: a.1\nevent: snapshot\ndata: {\"a\":{\"b\":1},\"c\":2}\n\n")).isTrue();
    assertThat(read("id: a.2\nevent: change\ndata: {\"a\":{\"b\":3},\"c\":null}\n\n")).isTrue();
    assertThat(stream.document()).hasToString("{\"a\":{\"b\":3}}");
    assertThat(stream.id()).isEqualTo("a.2");
  }

  @Test
  void beginsWithNothingButTheWhole() {
    assertThat(read("id: a.2\nevent: change\ndata: {\"a\":1}\n\n")).isFalse();
    assertThat(read("id: a.3\nevent: snapshot\ndata: {\"a\":\n\n")).isFalse();
    assertThat(stream.document()).isNull();
  }

  private boolean read(String text) {
    boolean changed = false;
    for (String line : text.split("\n", -1)) {
      changed |= stream.read(line);
    }
    return changed;
  }
}
