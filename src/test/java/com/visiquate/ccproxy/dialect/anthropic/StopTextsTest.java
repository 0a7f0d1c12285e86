package com.visiquate.ccproxy.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StopTextsTest {
  @Test
  void passesTextAtOnceWhenThereIsNothingToLookFor() {
    assertThat(new StopTexts(List.of()).pass("STO")).isEqualTo("STO");
  }

  @Test
  void holdsOnlyWhatMayBecomeAStop() {
    StopTexts stops = new StopTexts(List.of("STOP"));

    assertThat(stops.pass("one ST")).isEqualTo("one ");
    assertThat(stops.pass("AR S")).isEqualTo("STAR ");
    assertThat(stops.rest()).isEqualTo("S");
    assertThat(stops.hit()).isNull();
  }

  @Test
  void findsAStopThatComesInPiecesAndForgetsTheRest() {
    StopTexts stops = new StopTexts(List.of("END", "STOP"));

    assertThat(stops.pass("a S") + stops.pass("TO") + stops.pass("P END")).isEqualTo("a ");
    assertThat(stops.hit()).isEqualTo("STOP");
    assertThat(stops.rest()).isEmpty();
  }

  @Test
  void takesTheEarliestOfSeveral() {
    StopTexts stops = new StopTexts(List.of("b", "a"));

    assertThat(stops.pass("xab")).isEqualTo("x");
    assertThat(stops.hit()).isEqualTo("a");
  }

  @Test
  void findsAStopThatOverlapsItself() {
    StopTexts stops = new StopTexts(List.of("aab"));

    assertThat(stops.pass("aa") + stops.pass("ab")).isEqualTo("a");
    assertThat(stops.hit()).isEqualTo("aab");
  }
}
