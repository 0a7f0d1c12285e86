package com.visiquate.ccproxy.launch.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.launch.top.StatusPage.Grade;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusPageTest {
  private static final String DOCUMENT =
      """
      {"limit":"Nothing waits; 1 of 2 slots work.","totals":{"answered":7,"failed":1},
       "backends":{%s},"waiting":{},"alerts":{%s}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a\":{\"state\":\"up\"}                          | ``                             | OK",
        "\"a\":{\"state\":\"up\"},\"b\":{\"state\":\"down\"} | ``                           |"
            + " WARNING",
        "\"a\":{\"state\":\"suspect\"}                     | ``                             |"
            + " WARNING",
        "\"a\":{\"state\":\"up\"}                          | \"1\":{\"severity\":\"info\"}  | OK",
        "\"a\":{\"state\":\"up\"}                          | \"1\":{\"severity\":\"warning\"} |"
            + " WARNING",
        "\"a\":{\"state\":\"up\"}                          | \"1\":{\"severity\":\"critical\"} |"
            + " CRITICAL",
        "\"a\":{\"state\":\"up\",\"drained\":\"ada\"}      | ``                             |"
            + " CRITICAL",
        "\"a\":{\"state\":\"down\"}                        | ``                             |"
            + " CRITICAL",
        "``                                                | ``                             |"
            + " CRITICAL",
      })
  void gradesForMonitors(String backends, String alerts, Grade grade)
      throws JsonProcessingException {
    StatusPage page = page(backends, alerts);
    assertThat(page.grade()).isEqualTo(grade);
    assertThat(page.grade().code()).isEqualTo(grade.code());
    assertThat(page.text()).startsWith(grade + " - Nothing waits; 1 of 2 slots work | running=");
  }

  @Test
  void isOnePage() throws JsonProcessingException {
    String backends =
        "\"a\":{\"state\":\"up\",\"slots\":{\"0\":{\"exchange\":\"x\"},\"1\":{\"phase\":\"free\"}}},\"b\":{\"state\":\"down\",\"reason\":\"no"
            + " answer\",\"slots\":{}}";
    String alerts = "\"1\":{\"severity\":\"warning\",\"text\":\"b is down.\"}";
    assertThat(page(backends, alerts).text())
        .isEqualTo(
            """
            WARNING - Nothing waits; 1 of 2 slots work \
            | running=1 waiting=0 answered=7c failed=1c cancelled=0c
            ! warning: b is down.
            a is up, 1 of 2 slots work
            b is down, 0 of 0 slots work (no answer)
            """);
  }

  private static StatusPage page(String backends, String alerts) throws JsonProcessingException {
    return StatusPage.of(new ObjectMapper().readTree(DOCUMENT.formatted(backends, alerts)));
  }
}
