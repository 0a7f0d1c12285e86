package com.visiquate.ccproxy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against arithmetic by hand, of models whose numbers their makers tell. */
final class PromptCacheTest {
  private static final long GIB = 1L << 30;

  @Test
  void holdsWhatFits() {
    // 2 × 28 × 4 × 128 × 2 = 57,344 bytes a token.
    assertThat(tokens(8 * GIB, KvType.F16, seven())).isEqualTo(149_796);
    assertThat(tokens(8 * GIB, KvType.Q8_0, seven())).isEqualTo(281_970);
    assertThat(tokens(8 * GIB, KvType.Q4_0, seven())).isEqualTo(532_610);
    // 2 × 64 × 8 × 128 × 2 = 262,144 bytes a token.
    assertThat(tokens(8 * GIB, KvType.F16, thirtyTwo())).isEqualTo(32_768);
    assertThat(tokens(16 * GIB, KvType.F16, thirtyTwo())).isEqualTo(65_536);
  }

  @Test
  void takesTheLengthOfHeadsWhereItIsTold() {
    Map<String, Object> info = new HashMap<>(seven());
    info.put("qwen2.attention.key_length", 192);
    info.put("qwen2.attention.value_length", 64);
    assertThat(tokens(8 * GIB, KvType.F16, info)).isEqualTo(149_796);
    info.put("qwen2.attention.value_length", 192);
    assertThat(tokens(8 * GIB, KvType.F16, info)).isEqualTo(99_864);
  }

  @Test
  void staysWithinItsBounds() {
    assertThat(tokens(1, KvType.F16, seven())).isEqualTo(8_192);
    assertThat(tokens(1024 * GIB, KvType.F16, seven())).isEqualTo(1_200_000);
  }

  @Test
  void expectsTheUsualOfWhatIsNotKnown() {
    assertThat(PromptCache.DEFAULT.tokens(ModelCard.UNKNOWN)).isEqualTo(40_000);
    for (String missing : seven().keySet()) {
      Map<String, Object> info = new HashMap<>(seven());
      info.remove(missing);
      assertThat(tokens(8 * GIB, KvType.F16, info)).as(missing).isEqualTo(40_000);
      info.put(missing, missing.startsWith("general") ? "other" : "many");
      assertThat(tokens(8 * GIB, KvType.F16, info)).as(missing).isEqualTo(40_000);
      info.put(missing, missing.startsWith("general") ? List.of() : 0);
      assertThat(tokens(8 * GIB, KvType.F16, info)).as(missing).isEqualTo(40_000);
    }
  }

  @Test
  void keepsNothingWithoutMemory() {
    assertThat(new PromptCache(0, KvType.F16).isThere()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new PromptCache(-1, KvType.F16));
  }

  private static int tokens(long bytes, KvType type, Map<String, Object> info) {
    return new PromptCache(bytes, type).tokens(ModelCard.UNKNOWN.described("", info));
  }

  private static Map<String, Object> seven() {
    return Map.of(
        "general.architecture", "qwen2",
        "qwen2.block_count", 28,
        "qwen2.attention.head_count", 28,
        "qwen2.attention.head_count_kv", 4,
        "qwen2.embedding_length", 3_584);
  }

  private static Map<String, Object> thirtyTwo() {
    return Map.of(
        "general.architecture", "qwen2",
        "qwen2.block_count", 64,
        "qwen2.attention.head_count", 40,
        "qwen2.attention.head_count_kv", 8,
        "qwen2.embedding_length", 5_120);
  }
}
