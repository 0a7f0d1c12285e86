package com.visiquate.ccproxy.http.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.dialect.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class StatusTest {
  @ParameterizedTest
  @CsvSource({
    "INVALID, 400, 400, 400",
    "UNKNOWN_MODEL, 404, 404, 404",
    "PROMPT_TOO_LONG, 400, 400, 400",
    "QUEUE_FULL, 503, 429, 503",
    "QUEUE_TIMEOUT, 503, 429, 503",
    "NO_BACKEND, 503, 503, 503",
    "BACKEND_ERROR, 502, 500, 500",
    "BACKEND_LOST, 502, 500, 500",
    "BACKEND_TIMEOUT, 504, 504, 504",
    "CLIENT_GONE, 499, 499, 499",
    "CANCELLED, 410, 410, 410",
    "SHUTTING_DOWN, 503, 503, 503",
    "INTERNAL, 500, 500, 500"
  })
  void speaksToEachFamilyInItsOwnTerms(Kind kind, int openai, int anthropic, int ollama) {
    assertThat(Status.of(kind, Family.OPENAI_CHAT)).isEqualTo(openai);
    assertThat(Status.of(kind, Family.OPENAI_RESPONSES)).isEqualTo(openai);
    assertThat(Status.of(kind, Family.ANTHROPIC)).isEqualTo(anthropic);
    assertThat(Status.of(kind, Family.OLLAMA)).isEqualTo(ollama);
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "BUDGET_SPENT")
  void answersCodexWith429OnlyWhereGivingUpIsRight(Kind kind) {
    assertThat(Status.of(kind, Family.OPENAI_RESPONSES)).isNotEqualTo(429);
  }

  @Test
  void adviceNeverPromisesThatAWrongRequestBecomesRight() {
    assertThat(RetryAfter.advised(Kind.INVALID)).isFalse();
    assertThat(RetryAfter.advised(Kind.QUEUE_FULL)).isTrue();
    assertThat(RetryAfter.advised(Kind.UNKNOWN_MODEL)).isFalse();
    assertThat(RetryAfter.advised(Kind.INTERNAL)).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "QUEUE_FULL",
        "QUEUE_TIMEOUT",
        "RATE_LIMITED",
        "NO_BACKEND",
        "BACKEND_ERROR",
        "BACKEND_LOST",
        "BACKEND_TIMEOUT",
        "SHUTTING_DOWN"
      })
  void whateverMayGoBetterLaterIsAdvisedToBeSentAgain(Kind kind) {
    assertThat(RetryAfter.advised(kind)).isTrue();
  }
}
