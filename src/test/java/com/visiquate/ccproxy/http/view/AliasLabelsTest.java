package com.visiquate.ccproxy.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.http.Plans;
import org.junit.jupiter.api.Test;

final class AliasLabelsTest {
  private final AliasLabels labels = new AliasLabels(Plans.plan().catalogue());

  @Test
  void areConfiguredWordsAndNeverTheClients() {
    assertThat(labels.of("gpt-4")).isEqualTo("gpt-4");
    assertThat(labels.of("fast")).isEqualTo("fast");
    assertThat(labels.of("claude-3-haiku-1")).isEqualTo("claude-*haiku*");
    assertThat(labels.of("claude-3-haiku-2")).isEqualTo("claude-*haiku*");
    assertThat(labels.of("made up")).isEqualTo("unknown");
    assertThat(labels.of("made up")).isEqualTo("unknown");
  }
}
