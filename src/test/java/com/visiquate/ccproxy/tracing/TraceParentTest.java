package com.visiquate.ccproxy.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of W3C's Trace Context, one by one. */
final class TraceParentTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @Test
  void tellsTraceSpanAndWhetherItIsWanted() {
    assertThat(TraceParent.of("00-" + TRACE + "-" + SPAN + "-01"))
        .contains(new TraceParent(TRACE, SPAN, true));
    assertThat(TraceParent.of("00-" + TRACE + "-" + SPAN + "-00"))
        .contains(new TraceParent(TRACE, SPAN, false));
  }

  @Test
  void onlyTheLowestFlagSaysThatItIsWanted() {
    assertThat(TraceParent.of("00-" + TRACE + "-" + SPAN + "-fe"))
        .contains(new TraceParent(TRACE, SPAN, false));
  }

  @Test
  void laterVersionsMaySayMore() {
    TraceParent expected = new TraceParent(TRACE, SPAN, true);
    assertThat(TraceParent.of("01-" + TRACE + "-" + SPAN + "-01")).contains(expected);
    assertThat(TraceParent.of("cc-" + TRACE + "-" + SPAN + "-01-what.the.future"))
        .contains(expected);
  }

  @Test
  void nothingIsNoParent() {
    assertThat(TraceParent.of(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-01-more",
        "00-" + TRACE + "-" + SPAN + "-01-",
        "cc-" + TRACE + "-" + SPAN + "-01.more",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
        "00-" + TRACE + "-00F067AA0BA902B7-01",
        "0-" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-1",
        "00-" + TRACE + "-" + SPAN + "-0g",
        "00-" + TRACE + "a-" + SPAN + "-01",
        " 00-" + TRACE + "-" + SPAN + "-01",
        "00_" + TRACE + "_" + SPAN + "_01"
      })
  void whatBreaksTheRulesIsNoParent(String header) {
    assertThat(TraceParent.of(header)).isEmpty();
  }
}
