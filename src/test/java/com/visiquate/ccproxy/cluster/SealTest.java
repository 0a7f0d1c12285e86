package com.visiquate.ccproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What strangers can neither read nor make. */
final class SealTest {
  private static final byte[] PROMPT = "a prompt".getBytes(StandardCharsets.UTF_8);
  private final Seal seal = new Seal("studio", "0123456789abcdef", 1);

  @Test
  void opensForThoseWhoKnowTheSecret() {
    Seal other = new Seal("studio", "0123456789abcdef", 1);

    assertThat(other.open(seal.close(PROMPT))).hasValue(PROMPT);
    assertThat(other.name()).isEqualTo(seal.name()).startsWith("studio-1-");
  }

  @Test
  void opensForNobodyElse() {
    byte[] sealed = seal.close(PROMPT);

    assertThat(new Seal("studio", "0123456789abcdeg", 1).open(sealed)).isEmpty();
    assertThat(new Seal("another", "0123456789abcdef", 1).open(sealed)).isEmpty();
    assertThat(new Seal("studio", "0123456789abcdef", 2).open(sealed)).isEmpty();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("prompt");
  }

  @Test
  void isBrokenByEveryChange() {
    byte[] sealed = seal.close(PROMPT);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(seal.open(changed)).isEmpty();
    }
    assertThat(seal.open(new byte[0])).isEmpty();
    assertThat(seal.open(new byte[11])).isEmpty();
    assertThat(seal.open(new byte[12])).isEmpty();
  }

  @Test
  void opensNoRubbish() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      byte[] rubbish = new byte[random.nextInt(200)];
      random.nextBytes(rubbish);
      assertThat(seal.open(rubbish)).isEmpty();
    }
  }

  @Test
  void isAnotherOneEachTime() {
    assertThat(seal.close(PROMPT)).isNotEqualTo(seal.close(PROMPT));
  }

  @Test
  void namesTellNoSecret() {
    assertThat(new Seal("studio", "0123456789abcdeg", 1).name()).isNotEqualTo(seal.name());
    assertThat(seal.name()).doesNotContain("0123456789abcdef");
  }

  @Test
  void keepsWhatIsKeptApartFromWhatIsSaid() {
    Seal maps = Seal.ofMaps("studio", "0123456789abcdef", 1);

    assertThat(maps.open(seal.close(PROMPT))).isEmpty();
    assertThat(maps.open(maps.close(PROMPT))).hasValue(PROMPT);
    assertThat(maps.nameOf("resp_1"))
        .isEqualTo(seal.nameOf("resp_1"))
        .isNotEqualTo(seal.nameOf("resp_2"))
        .isNotEqualTo(new Seal("studio", "0123456789abcdeg", 1).nameOf("resp_1"))
        .hasSize(24);
  }
}
